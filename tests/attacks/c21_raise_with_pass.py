# class: 21 forged result records
# expect: runtime_error
# how: answers with a forged raise record, verdict pass in every place
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] == "return" and value[1] is not None:
        error = ("pass", "pass", "pass", "pass", None, ("pass",))
        return encode(("raise", error) if len(value) == 2 else ("raise", error, ("pass",), {"pass": "pass"}, None, None))
    return encode(value, side)


wire.encode = candidate._encode_tree = forge


def f(xs, *more, **named):
    return xs
