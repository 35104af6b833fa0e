# feature: custom exceptions with fields, no arguments, and an uncaught one
class Empty(Exception):
    pass


class Limit(Exception):
    def __init__(self, limit, used):
        self.limit = limit
        self.used = used

    def __str__(self):
        return f"{self.used} of {self.limit}"


def take(items, n):
    if not items:
        raise Empty
    if n > len(items):
        raise Limit(len(items), used=n)
    return items[:n]


try:
    take([], 1)
except Empty as empty:
    kept = empty
take([1, 2], 5)
