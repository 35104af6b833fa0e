# feature: while with else, break and continue
def search(items, wanted):
    i = 0
    steps = 0
    while i < len(items):
        steps += 1
        if items[i] is None:
            i += 1
            continue
        if items[i] == wanted:
            break
        i += 1
    else:
        i = -1
    return i, steps


assert search([None, 3, 5], 5) == (2, 3)
assert search([1], 2) == (-1, 1)
