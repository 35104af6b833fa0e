# class: 22 redefined test helpers
# expect: wrong_answer
# how: makes every later compile drop assertions
import builtins
import sys

compile_ = builtins.compile


def optimised(source, filename, mode, *args, **kwargs):
    kwargs["optimize"] = 2
    return compile_(source, filename, mode, *args, **kwargs)


builtins.compile = optimised
builtins.exec = lambda *args, **kwargs: None
sys.flags = type("flags", (), {"optimize": 2})()


def f(xs):
    return xs
