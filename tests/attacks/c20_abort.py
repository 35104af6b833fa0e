# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: os.abort()
import os


def f(xs):
    os.abort()
