# class: 21 forged result records
# expect: runtime_error
# how: fails to load, describing that as phase 'pass'
from tracewright_guest import candidate

candidate._describe = lambda error, phase, filename: ("pass", "pass", "Exception", "pass", None, ())


def f(xs):
    return xs


raise ValueError
