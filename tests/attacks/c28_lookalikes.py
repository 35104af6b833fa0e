# class: 28 value identities
# expect: wrong_answer
# how: what only looks like a list: UserList equals one in Python but is not plain data
from collections import UserList


def f(xs):
    return UserList(x * x for x in sorted(xs))
