# class: 21 forged result records
# expect: runtime_error
# how: answers with `XL`, a function by its code, for the tester's instance to run
import marshal

from tracewright_guest import candidate, wire

encode = wire.encode

TOKEN = b"XL(\x05\0\0\0i\0\0\0\0" + encode("g") + encode(marshal.dumps((lambda *a: [1, 4, 9]).__code__)) + b"N{0"


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(TOKEN, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
