# class: 21 forged result records
# expect: runtime_error
# how: refers to objects that have no number, or a negative one
from tracewright_guest import candidate, wire

encode = wire.encode

def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"\xdb\x02\0\0\0i\1\0\0\0r" + (b"\x01\0\0\0" if len(value) == 3 else b"\xff\xff\xff\xff"), len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
