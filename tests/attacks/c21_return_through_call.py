# class: 21 forged result records
# expect: runtime_error
# how: sends its answer through the way that is for calls, again and again, and leaves none
from wit_world.imports import host

from tracewright_guest import candidate, wire


def serve(*message):
    for answer in ([1, 4, 9], [], [25, 16]):
        try:
            host.call(wire.as_text(wire.encode(("return", answer, None))))
        except Exception:
            pass


candidate.call = candidate.call_each = serve


def f(xs, *more, **named):
    return xs
