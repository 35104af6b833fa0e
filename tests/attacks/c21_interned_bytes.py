# class: 21 forged result records
# expect: wrong_answer
# how: answers with another encoding of a record, interned strings and references: it is read as the value it holds
import marshal

from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return marshal.dumps(("return", ["pass", "pass", True]) + tuple(value[2:]))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
