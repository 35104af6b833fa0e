# class: 8 recursion
# expect: wrong_answer
# how: forges an answer nested a million deep, past the guest's own depth bound, to overflow the host's stack; such a value cannot be judged
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return b"(\x01\0\0\0" * 1_000_000 + b"N"
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
