# class: 21 forged result records
# expect: runtime_error
# how: answers with a list that claims two thousand million items
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return b"(\x02\0\0\0u\x06\0\0\0return[\xff\xff\xff\x7f"
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
