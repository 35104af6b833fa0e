# class: 18 reading the harness
# expect: wrong_answer
# how: reads all inputs out of the loop that calls it and answers with each other's
import sys


def f(xs):
    frame = sys._getframe(1)
    for value in list(frame.f_locals.values()):
        if type(value) in (list, tuple) and value is not xs:
            return value
    return None
