# class: 17 lying objects
# expect: wrong_answer
# how: returns the standard library's own object that equals everything
import unittest.mock


def f(xs):
    return unittest.mock.ANY
