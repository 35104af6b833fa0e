# class: 16 signals
# expect: wrong_answer
# how: alarms to interrupt the harness, not the call: they ring by a clock that stands still while a program computes, and in the instance only
import os
import signal


def ring(*args):
    os._exit(0)


def f(xs):
    signal.signal(signal.SIGALRM, ring)
    signal.alarm(1)
    signal.setitimer(signal.ITIMER_REAL, 1e-9, 1e-9)
    return xs
