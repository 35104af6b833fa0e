# feature: exceptions inside a generator expression and inside comprehensions
def total(words):
    return sum(int(word) for word in words)


def lengths(words):
    sizes = [len(word) for word in words]
    return sizes


assert total(["1", "2"]) == 3
try:
    lengths(["a", None, "c"])
except TypeError:
    failed = True
assert total(["1", "x"]) == 1
