# class: 3 waiting
# expect: wrong_answer
# how: sleeps to hold the worker: a virtual clock passes at once
import time


def f(xs):
    time.sleep(10**6)
    return xs
