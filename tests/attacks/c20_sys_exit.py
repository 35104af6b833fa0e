# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: sys.exit(0) in the call
import sys


def f(xs):
    sys.exit(0)
