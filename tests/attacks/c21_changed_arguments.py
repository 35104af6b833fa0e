# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: claims that its arguments changed into what no argument is
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        return encode(("return", True, ((0, {"a": 1}), (0, "x"), (0, None)))[: len(value)])
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
