# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: answers with a wrong record in another encoding of the same marshal: interned strings and references
import marshal

from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return marshal.dumps(("return", [20, 30, 40]) + tuple(value[2:]))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
