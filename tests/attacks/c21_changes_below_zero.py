# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: claims changes at negative positions, which count from the end in Python
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return encode(("return", [1, 4, 9], ((-1, [1, 4, 9]), (-(2**31), [])))[: len(value)])
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
