# class: 10 table and handle exhaustion
# expect: runtime_error
# how: duplicates a descriptor until the table is full
import os


def f(xs):
    while True:
        os.dup(1)
