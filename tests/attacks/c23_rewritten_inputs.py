# class: 23 mutated arguments
# expect: wrong_answer
# how: rewrites the inputs of later calls in the harness's frame to ones it can answer
import sys


def f(xs):
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value) in (list, tuple):
                for item in value:
                    if type(item) is list:
                        item.clear()
                    elif type(item) is tuple and item and type(item[0]) is list:
                        item[0].clear()
        frame = frame.f_back
    xs[:] = []
    return []
