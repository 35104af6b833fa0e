# class: 21 forged result records
# expect: runtime_error
# how: gives tokens numbers, so that a reference would stand for an object where only data may stand
from tracewright_guest import candidate, wire

encode = wire.encode

HANDLE = b"\xd8H(\x03\0\0\0i\0\0\0\0u\x04\0\0\0listu\x01\0\0\0o"


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"[\x02\0\0\0" + HANDLE + b"r\x00\0\0\0", len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
