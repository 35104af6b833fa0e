# class: 21 forged result records
# expect: runtime_error
# how: a right first answer with a forged record after it
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return encode(("return", [1, 4, 9], None)[: len(value)]) + encode(("return", []))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
