# feature: the line after a loop that ran to its end, was broken out of, or never started
def find(items, wanted):
    for item in items:
        if item == wanted:
            break
    return item


def count(items):
    n = 0
    while items:
        if items[-1] is None:
            break
        items.pop()
    return n


def empty(items):
    for item in items:
        if not item:
            break
    return items


assert find([1, 2], 1) == 1 and find([1, 2], 5) == 2
assert count([]) == 0 and count([1, None]) == 0
assert empty([]) == []
