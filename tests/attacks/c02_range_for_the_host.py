# class: 2 C loops
# expect: wrong_answer or out_of_fuel
# how: forges a range of huge bounds and step: dividing and printing them must not cost the host time that is not counted
from tracewright_guest import candidate, wire

encode = wire.encode

def number(digits):
    return b"l" + digits.to_bytes(4, "little") + b"\x55\x2a" * digits


RANGE = b"Xr(\x03\0\0\0" + number(5) + number(6_000_000) + number(3_000_000)


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(RANGE, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
