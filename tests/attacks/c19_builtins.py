# class: 19 patched interpreter
# expect: wrong_answer
# how: every builtin a comparison could use says yes
import builtins


def yes(*args, **kwargs):
    return True


for name in ("abs", "sum", "all", "any", "isinstance", "issubclass", "bool", "hash", "sorted", "set", "zip"):
    setattr(builtins, name, yes)
builtins.len = lambda x: 0
builtins.AssertionError = type("AssertionError", (Exception,), {"__init__": lambda *a: None})
builtins.eval = builtins.compile = builtins.exec = yes


def f(xs):
    return xs
