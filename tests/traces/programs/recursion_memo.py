# feature: recursion with a memo dict and with lru_cache
from functools import lru_cache


def fib(n, memo={}):
    if n in memo:
        return memo[n]
    if n < 2:
        return n
    memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]


@lru_cache(maxsize=None)
def paths(rows, columns):
    if rows == 1 or columns == 1:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


assert fib(6) == 8
assert paths(3, 3) == 6
assert paths(3, 3) == 6
