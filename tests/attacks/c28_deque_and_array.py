# class: 28 value identities
# expect: wrong_answer
# how: a deque and an array with the right items
from array import array
from collections import deque


def f(xs):
    answer = [x * x for x in sorted(xs)]
    return array("q", answer) if len(answer) == 3 else deque(answer)
