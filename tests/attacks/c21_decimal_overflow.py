# class: 21 forged result records
# expect: wrong_answer
# how: forges a decimal whose exponent is the least 64-bit integer, for the host's arithmetic
from tracewright_guest import candidate, wire

encode = wire.encode

TEXT = b"1.5E-9223372036854775808"
DECIMAL = b"Xcu" + len(TEXT).to_bytes(4, "little") + TEXT


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return wrap(b"[\x03\0\0\0" + DECIMAL * 3, len(value))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
