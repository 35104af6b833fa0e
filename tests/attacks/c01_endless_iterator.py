# class: 1 endless loop
# expect: wrong_answer
# how: returns an endless iterator for the harness to drain
import itertools


def f(xs):
    return itertools.count()
