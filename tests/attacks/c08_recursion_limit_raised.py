# class: 8 recursion
# expect: runtime_error
# how: raises the recursion limit first
import sys

sys.setrecursionlimit(200_000)


def f(xs):
    return [f(xs)]
