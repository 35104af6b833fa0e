# class: 4 process and task bombs
# expect: runtime_error or missing_module
# how: os.fork in a loop
import os


def f(xs):
    while True:
        os.fork()
