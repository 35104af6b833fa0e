# class: 19 patched interpreter
# expect: wrong_answer
# how: puts objects in the place of the standard streams that raise or exit
import sys


class Stream:
    def write(self, text):
        raise SystemExit(0)

    flush = close = write


sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Stream()
sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *a: None


def f(xs):
    return xs
