# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: forges a decimal whose exponent is the least 64-bit integer, for the host's arithmetic
from tracewright_guest import candidate, wire

encode = wire.encode

TEXT = b"1.5E-9223372036854775808"
DECIMAL = b"Xcu" + len(TEXT).to_bytes(4, "little") + TEXT


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"[\x03\0\0\0" + DECIMAL * 3, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
