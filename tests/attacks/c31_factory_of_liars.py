# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: a defaultdict whose missing values are made by the candidate, as objects that equal everything
import collections


class Any:
    def __eq__(self, other):
        return True

    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __sub__ = __rsub__ = __abs__ = __mod__ = lambda self, *a: 0


class Factory(collections.defaultdict):
    __eq__ = lambda self, other: True
    __len__ = lambda self: 3


def f(*a, **k):
    return Factory(Any)
