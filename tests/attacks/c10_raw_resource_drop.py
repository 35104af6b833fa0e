# class: 10 table and handle exhaustion
# expect: runtime_error
# how: drops resource handles it never had
import componentize_py_runtime


def f(xs):
    for handle in range(100_000):
        componentize_py_runtime.drop_resource(handle, handle)
    return xs
