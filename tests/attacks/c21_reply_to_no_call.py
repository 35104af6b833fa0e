# class: 21 forged result records
# expect: wrong_answer or runtime_error
# how: replies at load, when no call is open, and several times to one: only the last word counts, and it is the harness's
from wit_world.imports import host

from tracewright_guest import wire


def reply_all():
    for answer in ([1, 4, 9], [], [25, 16]):
        host.reply(wire.as_text(wire.encode(("return", answer, None))))


reply_all()


def f(xs, *more, **named):
    reply_all()
    return xs
