# class: 21 forged result records
# expect: wrong_answer
# how: answers with the wire form of an exception that would end whoever raised it
from tracewright_guest import candidate, wire

encode = wire.encode

def text(t):
    return b"u" + len(t).to_bytes(4, "little") + t


ONE = b"\x01\0\0\0"
FORGED = b"XE(\x02\0\0\0" + text(b"SystemExit") + b"(" + ONE + b"i\0\0\0\0"


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(FORGED, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
