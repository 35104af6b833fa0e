# class: 8 recursion
# expect: runtime_error
# how: recursion through C code only: sorting keys that sort
import sys

sys.setrecursionlimit(2**31 - 1)


class K:
    def __lt__(self, other):
        return sorted([K(), K()])


def f(xs):
    return sorted([K(), K()])
