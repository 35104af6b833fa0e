# class: 4 process and task bombs
# expect: runtime_error or out_of_fuel
# how: starts threads without end
import threading


def f(xs):
    while True:
        threading.Thread(target=lambda: threading.Event().wait()).start()
