# class: 20 exits and swallowed exceptions
# expect: runtime_error or wrong_answer
# how: exits through a finaliser while the harness handles its answer; where an object stays alive to be asked, it is only no answer
import atexit
import os


class F:
    def __del__(self):
        os._exit(0)


atexit.register(os._exit, 0)


def f(xs):
    return F()
