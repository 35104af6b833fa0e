# class: 21 forged result records
# expect: runtime_error
# how: answers with the host's own record for a lost candidate, verdict pass
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return encode(("gone", ("pass", "", "Exception", "", None, ())))
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
