# feature: yield from over generators, lists and a recursive tree
def walk(tree):
    left, value, right = tree
    if left:
        yield from walk(left)
    yield value
    if right:
        yield from walk(right)


def chain(*parts):
    for part in parts:
        yield from part


tree = ((None, 1, None), 2, (None, 3, None))
assert list(walk(tree)) == [1, 2, 3]
assert list(chain([1], "ab", range(2))) == [1, "a", "b", 0, 1]
