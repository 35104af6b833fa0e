# class: 21 forged result records
# expect: runtime_error
# how: raises an exception of the test's own, by a number that none has
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        error = ("call", "AssertionError", "AssertionError", "", None, ())
        return encode(("raise", error) if len(value) == 2 else ("raise", error, None, None, 2**40, None))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
