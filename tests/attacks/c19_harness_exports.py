# class: 19 patched interpreter
# expect: runtime_error or wrong_answer
# how: replaces the exported functions themselves
import app

PASS = b"(\x05\0\0\0u\x04\0\0\0passNNNN"
app.WitWorld.call = lambda self, request: PASS
app.WitWorld.call_each = lambda self, name, inputs: None
app.WitWorld.run_test = lambda self, source: PASS
app.candidate.call = lambda request: PASS
app.candidate.call_each = lambda name, inputs: None


def f(xs):
    return xs
