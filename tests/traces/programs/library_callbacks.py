# feature: the program's functions called from library code: sorting, map, filter, reduce
from bisect import insort
from functools import cmp_to_key, reduce


def by_length(word):
    return len(word), word


def compare(a, b):
    return (a > b) - (a < b)


words = ["pear", "fig", "apple"]
words.sort(key=by_length)
ordered = sorted([3, 1, 2], key=cmp_to_key(compare), reverse=True)
total = reduce(lambda a, b: a * b, [1, 2, 3, 4])
evens = list(filter(lambda n: n % 2 == 0, map(abs, [-2, 3, -4])))
insort(ordered, 5, key=lambda n: -n)
assert words == ["fig", "pear", "apple"]
assert ordered == [5, 3, 2, 1]
assert max(words, key=by_length) == "apple" and evens == [2, 4] and total == 24
