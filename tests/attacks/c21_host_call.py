# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: asks the host's other import, the tester's, to run a call
from wit_world.imports import host

from tracewright_guest import wire


def f(xs, *more, **named):
    host.call(wire.as_text(wire.encode(("call", "f", (xs,), {}, None))))
    return xs
