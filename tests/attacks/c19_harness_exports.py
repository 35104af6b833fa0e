# class: 19 patched interpreter
# expect: runtime_error or wrong_answer
# how: replaces the exported functions themselves
import app
from wit_world.imports import host

PASS = "(\x06\0\0\0u\x04\0\0\0passNNNNN"


def answer(*request):
    host.reply(PASS)


def report(*request):
    while host.report(PASS):
        pass


app.WitWorld.call = app.candidate.call = answer
app.WitWorld.call_each = app.candidate.call_each = report
app.WitWorld.run_test = lambda self, source, nonce: PASS.encode()


def f(xs):
    return xs
