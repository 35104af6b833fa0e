# class: 19 patched interpreter
# expect: wrong_answer
# how: makes the tester of its own instance pass everything: nobody asks it
import app
from tracewright_guest import tester


def passed(*args):
    return ("pass", None, None, None, None)


tester.run_test = tester.open_suite = app._run_test = passed
app.WitWorld.run_test = lambda self, source, nonce: app.wire.encode((*passed(), nonce))


def f(xs):
    return xs
