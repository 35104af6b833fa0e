# feature: recursion close to the limit, and with a limit of the program's own
import sys


def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


assert depth(900) == 900
sys.setrecursionlimit(5000)
assert depth(3000) == 3000
