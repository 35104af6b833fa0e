# class: 5 memory bombs
# expect: wrong_answer or runtime_error or out_of_fuel
# how: returns containers nested a thousand levels deep around a wide list, of which a host may hold a copy for each level
import collections


def f(xs, *args, **kwargs):
    value = [None] * 300_000
    for _ in range(500):
        value = collections.UserList([collections.deque([value])])
    return value
