# class: 21 forged result records
# expect: runtime_error
# how: answers by a call of the tester's, of an operation on an object that it was not handed
from wit_world.imports import host

from tracewright_guest import candidate, wire


def serve(message):
    host.reply(wire.as_text(wire.encode(("call", ("getattr",), ("x", "format"), {}, None))))


def serve_each(name, inputs):
    host.report(wire.as_text(wire.encode(("call", ("eq",), ([1, 4, 9], 1), {}, None))))


candidate.call, candidate.call_each = serve, serve_each


def f(xs, *more, **named):
    return xs
