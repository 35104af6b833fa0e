# class: 28 value identities
# expect: wrong_answer
# how: members of an IntEnum equal integers in Python but are not plain data
import enum


def f(xs):
    E = enum.IntEnum("E", {"n%d" % (x * x): x * x for x in xs} or {"n": 0})
    return [E(x * x) for x in sorted(xs)] if xs else [E(0)]
