# class: 28 value identities
# expect: pass
# how: what only looks like a list: a UserList equals one in Python, and so it does here
from collections import UserList


def f(xs):
    return UserList(x * x for x in sorted(xs))
