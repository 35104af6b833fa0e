# class: 21 forged result records
# expect: runtime_error
# how: claims to have returned an argument that does not exist
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("same", 2**40, None))
    return encode(value)


candidate._encode = forge


def f(xs):
    return xs
