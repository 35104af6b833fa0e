# class: 17 lying objects
# expect: wrong_answer
# how: unittest.mock.ANY, and a mock that answers everything
from unittest.mock import ANY, MagicMock


def f(xs):
    return [ANY] * len(xs) if xs else MagicMock()
