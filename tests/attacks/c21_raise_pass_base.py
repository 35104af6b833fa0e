# class: 21 forged result records
# expect: runtime_error
# how: answers with a forged raise record whose exception is an AssertionError with lying arguments
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("raise", ("pass", "AssertionError", "AssertionError", "", None)) + ((True,),) * (len(value) - 2))
    return encode(value)


candidate._encode = forge


def f(xs):
    return xs
