# class: 4 process and task bombs
# expect: runtime_error
# how: starts threads without end
import threading


def f(xs):
    while True:
        threading.Thread(target=lambda: threading.Event().wait()).start()
