# class: 20 exits and swallowed exceptions
# expect: out_of_fuel
# how: swallows MemoryError and RecursionError for ever
import sys

sys.setrecursionlimit(10**9)


def f(xs):
    while True:
        try:
            f(xs)
        except BaseException:
            try:
                bytearray(10**9)
            except BaseException:
                continue
