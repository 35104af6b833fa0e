# class: 21 forged result records
# expect: runtime_error
# how: sends a timedelta of as many days as have no positive counterpart, which a check by their absolute value cannot take
from tracewright_guest import candidate

LEAST = -(2**63)


def long(value):
    digits = []
    left = abs(value)
    while left:
        digits.append(left & 0x7FFF)
        left >>= 15
    return b"l" + (-len(digits)).to_bytes(4, "little", signed=True) + b"".join(d.to_bytes(2, "little") for d in digits)


def answer(parts):
    def forge(value, side=None):
        delta = b"Xt(\x03\0\0\0" + long(LEAST) + b"i\0\0\0\0" * 2
        return b"(" + parts.to_bytes(4, "little") + b"u\x06\0\0\0return" + delta + b"N" * (parts - 2)

    return forge


candidate._encode_tree = answer(2)
candidate._side.answer = answer(3)


def f(xs, *args, **kwargs):
    return [1]
