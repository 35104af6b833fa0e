# feature: sets and dicts of strings, tuples and mixed types, in their own order
def unique(words):
    seen = set()
    for word in words:
        seen.add(word)
    return seen


letters = unique(["pear", "fig", "apple", "kiwi"])
mixed = {1, "a", (2, "b"), None, 2.5}
groups = {frozenset({"x", "y"}): {"n", "m"}}
common = letters & {"fig", "kiwi", "plum"}
letters |= common
for word in sorted(common):
    letters.discard(word)
assert letters == {"pear", "apple"}
