# class: 25 clock and randomness
# expect: wrong_answer
# how: turns the clock and the random numbers to its liking
import os
import random
import time

time.time = time.monotonic = time.perf_counter = lambda: float("inf")
time.sleep = lambda s: None
random.seed(0)
os.urandom = lambda n: b"\0" * n


def f(xs):
    random.shuffle(xs)
    return [x * x for x in xs] + [0]
