# class: 19 patched interpreter
# expect: wrong_answer
# how: replaces the harness's own encoders so that every outcome says True
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return":
        return encode(("return", True) + tuple(value[2:]))
    return encode(value, side)


candidate._encode = candidate._encode_tree = wire.encode = wire.encode_tree = forge


def f(xs):
    return xs
