# class: 17 lying objects
# expect: wrong_answer or runtime_error
# how: an empty namedtuple that is called what is expected, for comparisons that ask the type's name before they allow a tolerance
from collections import namedtuple


def f(*args, **kwargs):
    return namedtuple("list", [])()
