# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: os._exit(0) at load time
import os

os._exit(0)


def f(xs):
    return xs
