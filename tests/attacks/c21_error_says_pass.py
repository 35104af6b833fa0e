# class: 21 forged result records
# expect: runtime_error
# how: makes the harness describe an exception as phase 'pass', the place of a verdict
from tracewright_guest import candidate, errors

candidate._describe = errors.describe = lambda error, phase, filename: ("pass", "pass", "pass", "pass", None, ())


def f(xs, *more, **named):
    raise ValueError
