# class: 21 forged result records
# expect: runtime_error or wrong_answer
# how: a tuple and a frozen set that hold themselves by reference, which no Python can make: there is nothing to end a comparison, a hash or a text
from tracewright_guest import candidate, wire

encode = wire.encode

def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"\xa8\x02\0\0\0r\0\0\0\0\xbe\x01\0\0\0r\x01\0\0\0", len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
