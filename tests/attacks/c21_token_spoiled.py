# class: 21 forged result records
# expect: runtime_error
# how: answers with `XQ`, the host's own token, with verdict pass in it
from tracewright_guest import candidate, wire

encode = wire.encode

TOKEN = b"XQ" + encode(("pass", "", "Exception", "", None, ()))


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(TOKEN, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
