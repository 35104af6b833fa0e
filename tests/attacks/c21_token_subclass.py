# class: 21 forged result records
# expect: runtime_error or wrong_answer
# how: answers with `XS`, a value and the number of an object that is not there
from tracewright_guest import candidate, wire

encode = wire.encode

TOKEN = b"XS(\x02\0\0\0(\x03\0\0\0i\xff\xff\xff\x7fu\x01\0\0\0Lu\x01\0\0\0o[\0\0\0\0"


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(TOKEN, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
