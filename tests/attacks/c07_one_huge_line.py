# class: 7 output floods
# expect: wrong_answer
# how: writes lines of many megabytes to both streams through every layer
import os
import sys


def f(xs):
    line = "x" * 20_000_000
    sys.stdout.write(line)
    sys.stderr.write(line)
    os.write(1, b"y" * 20_000_000)
    return xs
