# class: 4 process and task bombs
# expect: out_of_fuel
# how: starts threads without end; threads are made, and paid for like all else
import threading


def f(xs):
    while True:
        threading.Thread(target=lambda: threading.Event().wait()).start()
