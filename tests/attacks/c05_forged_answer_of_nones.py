# class: 5 memory bombs
# expect: wrong_answer or out_of_memory or runtime_error
# how: forges the bytes of a list of 70 million None: the host must not hold a value of gigabytes
from tracewright_guest import candidate, wire

encode = wire.encode

COUNT = 70_000_000


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(b"[" + COUNT.to_bytes(4, "little") + b"N" * COUNT, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
