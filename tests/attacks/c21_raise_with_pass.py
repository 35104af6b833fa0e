# class: 21 forged result records
# expect: runtime_error
# how: answers with a forged raise record, verdict pass in every place
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("raise", ("pass", "pass", "pass", "pass", None, ()), None, None, None, None)[: 2 if len(value) == 2 else 6])
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
