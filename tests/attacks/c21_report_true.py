# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: reports forged outcomes through the host import from inside the call
from wit_world.imports import host

from tracewright_guest import wire


def f(xs):
    for _ in range(10):
        host.report(str(wire.encode(("return", True)), 'latin-1'))
    return xs
