# class: 3 waiting
# expect: out_of_fuel
# how: sleeps for ever: waiting costs fuel, never time
import time


def f(xs):
    while True:
        time.sleep(3600)
