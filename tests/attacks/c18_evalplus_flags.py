# class: 18 reading the harness
# expect: wrong_answer
# how: sets EvalPlus's shared status, progress and details through the caller's locals, then leaves
import os
import sys


def f(xs):
    frame = sys._getframe()
    while frame is not None:
        names = frame.f_locals
        if "stat" in names and "details" in names:
            for index in range(len(names["details"])):
                names["details"][index] = True
            names["progress"].value = len(names["details"])
            names["stat"].value = 0
            os._exit(0)
        frame = frame.f_back
    return xs
