# feature: in-place mutation of sets of small ints and strings
def collect(numbers):
    seen = set()
    twice = set()
    for n in numbers:
        if n in seen:
            twice.add(n)
        seen.add(n)
    seen |= {9}
    seen.discard(1)
    seen -= twice
    names = {"b", "a", "c"}
    names.remove("a")
    frozen = frozenset(seen)
    empty = frozenset()
    return twice, frozen, len(names)


assert collect([1, 2, 1, 3]) == ({1}, frozenset({2, 3, 9}), 2)
