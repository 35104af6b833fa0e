# class: 21 forged result records
# expect: runtime_error
# how: answers with `XG`, the name of a function of the library, which a tester would look up and call
from tracewright_guest import candidate, wire

encode = wire.encode

TOKEN = b"XG" + encode(("builtins", "sorted"))


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(TOKEN, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
