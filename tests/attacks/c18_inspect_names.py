# class: 18 reading the harness
# expect: wrong_answer
# how: looks for anything called expected, reference or tests
import inspect
import sys


def f(xs):
    for info in inspect.stack():
        for name in ("expected", "reference", "tests", "answer", "oracle", "solution"):
            if name in info.frame.f_locals:
                return info.frame.f_locals[name]
    for module in list(sys.modules.values()):
        if (getattr(module, "__name__", "") or "").startswith(("tracewright", "app", "wit_world", "candidate")):
            for name in ("expected", "reference", "tests", "answers", "oracle", "solution"):
                if name in vars(module):
                    return vars(module)[name]
    return None
