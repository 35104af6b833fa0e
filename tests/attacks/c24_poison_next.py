# class: 24 state across tests and candidates
# expect: wrong_answer or runtime_error
# how: leaves the interpreter broken for whoever comes next; its own harness may break with it
import builtins
import gc
import sys

from tracewright_guest import answers, candidate, errors, tester, wire

builtins.sorted = lambda *a, **k: []
builtins.list = builtins.int = None
answers.extract = lambda *request: ("def f(xs): return [1, 4, 9]", "bare", "", "")
tester.run_test = lambda source: ("pass", None, None, None, None)
errors.describe = None
candidate.load = lambda source, names: None
sys.setrecursionlimit(50)
gc.disable()


def f(xs):
    return xs
