# class: 19 patched interpreter
# expect: pass
# how: patches what it likes and answers correctly: no effect on the verdict
import builtins
import math
import sys

square = [x * x for x in range(100)]
order = sorted
builtins.abs = builtins.all = builtins.any = lambda *a: False
math.isclose = lambda *a, **k: False
builtins.AssertionError = KeyError
sys.settrace(lambda *a: None)
sys.stdout = sys.stderr = None


def f(xs):
    return [square[x] if x >= 0 else square[-x] for x in order(xs)]
