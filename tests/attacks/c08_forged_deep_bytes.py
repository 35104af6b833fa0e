# class: 8 recursion
# expect: runtime_error or wrong_answer
# how: forges an answer nested a million deep, past the guest's own depth bound, to overflow the host's stack
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return b"(\x01\0\0\0" * 1_000_000 + b"N"
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
