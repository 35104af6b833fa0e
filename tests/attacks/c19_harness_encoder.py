# class: 19 patched interpreter
# expect: wrong_answer or runtime_error
# how: replaces the harness's own encoder so that every outcome says True
import marshal

from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if value[0] == "return":
        return encode(("return", True) + tuple(value[2:]))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
