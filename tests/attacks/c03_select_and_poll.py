# class: 3 waiting
# expect: wrong_answer
# how: waits in select and poll for a million seconds, whatever they raise
import select
import sys


def f(xs):
    for wait in (
        lambda: select.select([], [], [], 10**6),
        lambda: select.select([sys.stdin], [], [], 10**6),
        lambda: select.poll().poll(10**9),
    ):
        try:
            wait()
        except (OSError, ValueError, OverflowError):
            pass
    return xs
