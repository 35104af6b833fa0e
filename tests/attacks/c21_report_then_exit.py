# class: 21 forged result records
# expect: runtime_error
# how: reports the first outcomes correctly itself, then ends the process before the last
import os

from wit_world.imports import host

from tracewright_guest import wire


def f(xs):
    for outcome in ([1, 4, 9], []):
        host.report(str(wire.encode(("return", outcome)), 'latin-1'))
    os._exit(0)
