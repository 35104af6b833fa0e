# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: returns an object of the test's by a number under which none was handed over: forged `XB`
from tracewright_guest import candidate, wire

encode = wire.encode

def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"XBi\0\0\0\0", len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
