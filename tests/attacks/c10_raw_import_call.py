# class: 10 table and handle exhaustion
# expect: runtime_error
# how: calls an import of the component by a number that does not exist
import componentize_py_runtime


def f(xs):
    return componentize_py_runtime.call_import(99999, [], 1)
