# class: 21 forged result records
# expect: runtime_error
# how: claims to have returned containers of the test's that do not exist: `XR` with forged positions
from tracewright_guest import candidate, wire

encode = wire.encode

def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"[\x02\0\0\0XRi\x07\0\0\0XRi\xff\xff\xff\x7f", len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
