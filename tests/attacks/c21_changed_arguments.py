# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: claims that its arguments changed into what no argument is
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("return", True, ({"a": 1}, [1], 2, "x", None)))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
