# class: 28 value identities
# expect: pass
# how: what only looks like a list, but equals one natively too: a UserList of the right values, with no method of its own
from collections import UserList


def f(xs):
    return UserList(x * x for x in sorted(xs))
