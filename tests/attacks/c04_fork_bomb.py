# class: 4 process and task bombs
# expect: missing_module
# how: os.fork in a loop: the sandbox has none
import os


def f(xs):
    while True:
        os.fork()
