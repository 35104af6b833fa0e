# feature: a recursive generator of permutations
def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i, item in enumerate(items):
        rest = items[:i] + items[i + 1:]
        for tail in permutations(rest):
            yield [item] + tail


found = list(permutations([1, 2, 3]))
assert len(found) == 6 and found[-1] == [3, 2, 1]
