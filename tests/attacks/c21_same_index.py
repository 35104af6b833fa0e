# class: 21 forged result records
# expect: runtime_error
# how: claims to have returned a container that does not exist, and to have changed another
from tracewright_guest import candidate, wire

encode = wire.encode


def forge(value, side=None):
    if type(value) is tuple and value and value[0] in ("return", "same"):
        return b"(\x03\0\0\0u\x06\0\0\0returnXRi\x07\0\0\0(\x01\0\0\0(\x02\0\0\0i\x09\0\0\0[\0\0\0\0"
    return encode(value, side)


candidate._encode_tree = candidate._encode = wire.encode = forge


def f(xs):
    return xs
