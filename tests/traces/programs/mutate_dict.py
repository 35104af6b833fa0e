# feature: in-place mutation of a dict
def tally(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    counts.setdefault("zero", []).append(0)
    counts["zero"].append(1)
    counts.update(a=9)
    counts.pop("b")
    counts |= {"c": 3}
    del counts["c"]
    key, value = counts.popitem()
    counts["a"] = 9
    return counts


assert tally(["a", "b", "a"]) == {"a": 9}
