# class: 15 interpreter crashes
# expect: runtime_error
# how: faulthandler crashes its own interpreter
import faulthandler


def f(xs):
    faulthandler._sigsegv()
    faulthandler._sigabrt()
