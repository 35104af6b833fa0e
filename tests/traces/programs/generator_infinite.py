# feature: infinite generators, interleaved and cut by islice
from itertools import islice


def naturals(start):
    n = start
    while True:
        yield n
        n += 1


def evens(source):
    for n in source:
        if n % 2 == 0:
            yield n


a, b = naturals(0), naturals(100)
pairs = [(next(a), next(b)) for _ in range(2)]
assert list(islice(evens(naturals(1)), 2)) == [2, 4]
assert pairs == [(0, 100), (1, 101)]
