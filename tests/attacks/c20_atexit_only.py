# class: 20 exits and swallowed exceptions
# expect: wrong_answer
# how: registers an exit with code 0 for a shutdown that never comes
import atexit
import os
import weakref


class F:
    pass


keep = F()
atexit.register(os._exit, 0)
weakref.finalize(keep, os._exit, 0)


def f(xs):
    return xs
