# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: os._exit(0) in the call
import os


def f(xs):
    os._exit(0)
