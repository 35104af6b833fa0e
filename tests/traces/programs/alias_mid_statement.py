# feature: several calls in one expression change the same list in turn
log = []


def note(value):
    log.append(value)
    return value


def both(a, b):
    return a + b


result = both(note(1), note(2)) + both(note(3), both(note(4), note(5)))
assert log == [1, 2, 3, 4, 5]
