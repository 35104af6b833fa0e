# class: 21 forged result records
# expect: wrong_answer or runtime_error or out_of_memory or out_of_fuel
# how: a few bytes whose references double sixty times: a tree of them is larger than any memory
from tracewright_guest import candidate, wire

encode = wire.encode

GRAPH = b"\xdb\x01\0\0\0i\1\0\0\0"
for number in range(60):
    GRAPH = b"\xdb\x02\0\0\0" + GRAPH + b"r" + (60 - number).to_bytes(4, "little")


def wrap(answer, length):
    return b"(" + bytes([length]) + b"\0\0\0u\x06\0\0\0return" + answer + b"N" * (length - 2)


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return wrap(GRAPH, len(value))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
