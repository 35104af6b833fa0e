# class: 19 patched interpreter
# expect: runtime_error
# how: makes the loop over the inputs end before it begins; a plain call answers nonsense
from tracewright_guest import candidate

candidate._decode = lambda data: []


def f(xs):
    return xs
