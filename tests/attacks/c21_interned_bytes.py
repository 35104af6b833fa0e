# class: 21 forged result records
# expect: runtime_error
# how: answers with the right record in another encoding of the same marshal: interned strings and references
import marshal

from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return marshal.dumps(("return", [1, 4, 9]) + tuple(value[2:]))
    return encode(value)


candidate._encode = forge


def f(xs):
    return xs
