# class: 21 forged result records
# expect: wrong_answer
# how: forges the wire form of a exception with a payload that its type would refuse
from tracewright_guest import candidate, wire

encode = wire.encode

def text(t):
    return b"u" + len(t).to_bytes(4, "little") + t


ONE = b"\x01\0\0\0"
FORGED = b"XE(\x02\0\0\0" + text(b"SystemExit") + b"(" + ONE + b"i\0\0\0\0"


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return wrap(FORGED, len(value))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
