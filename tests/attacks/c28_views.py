# class: 28 value identities
# expect: wrong_answer
# how: views and buffers with the right items, none of which equals a list
from array import array


def f(xs):
    answer = [x * x for x in sorted(xs)]
    return dict(enumerate(answer)).values() if len(answer) == 3 else memoryview(array("q", answer))
