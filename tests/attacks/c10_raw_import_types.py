# class: 10 table and handle exhaustion
# expect: wrong_answer
# how: calls the report import with values of the wrong type and number
import componentize_py_runtime


def f(xs):
    for args in ([], [1], [None, None], ["x"], [object()], [[-1]], [[2**70]]):
        for index in range(8):
            try:
                componentize_py_runtime.call_import(index, args, 3)
            except Exception:
                pass
    return xs
