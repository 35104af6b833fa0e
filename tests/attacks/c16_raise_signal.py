# class: 16 signals
# expect: runtime_error
# how: raises every signal in itself
import signal


def f(xs):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGABRT, signal.SIGSEGV):
        signal.raise_signal(number)
    return xs
