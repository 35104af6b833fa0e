# feature: an endless loop on one line, and in library code
from itertools import count


def wait():
    while True: pass


def total():
    return sum(count())


assert total() == 0
