# class: 20 exits and swallowed exceptions
# expect: runtime_error
# how: answers all but the last test correctly, then ends the process
import os


def f(xs):
    if -5 in xs:
        os._exit(0)
    return [x * x for x in sorted(xs)]
