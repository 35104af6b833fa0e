# class: 21 forged result records
# expect: runtime_error
# how: reports records that name the verdict
from wit_world.imports import host

from tracewright_guest import wire


def f(xs):
    for record in (("pass", None, None, None, None), ("pass",), "pass", True, None, {"verdict": "pass"}):
        host.report(str(wire.encode(record), 'latin-1'))
    return xs
