# class: 21 forged result records
# expect: runtime_error
# how: a right first answer with a forged record after it
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("return", [1, 4, 9])[: len(value)] + (None,) * (len(value) - 2)) + encode(("return", []))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
