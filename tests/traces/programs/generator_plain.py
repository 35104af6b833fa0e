# feature: a generator in a for loop, with a return value
def countdown(n):
    while n > 0:
        yield n
        n -= 1
    return "done"


def collect(n):
    out = []
    for value in countdown(n):
        out.append(value)
    return out


def last(n):
    result = yield from countdown(n)
    return result


assert collect(3) == [3, 2, 1]
runner = last(1)
assert next(runner) == 1
try:
    next(runner)
except StopIteration as stop:
    assert stop.value == "done"
