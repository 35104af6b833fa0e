# class: 16 signals
# expect: runtime_error or wrong_answer
# how: an alarm to interrupt the harness
import signal


def f(xs):
    signal.signal(signal.SIGALRM, lambda *a: None)
    signal.alarm(1)
    return xs
