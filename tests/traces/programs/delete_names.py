# feature: del of variables, attributes, items and slices; a loop variable deleted
def scrub(record):
    temporary = record["a"]
    del record["a"], temporary
    for n in range(2):
        square = n * n
        del n
    del square
    return record


def reuse(x):
    del x
    return x


x = [1, 2, 3]
y = x
del x
del y[1:]
assert y == [1]
assert scrub({"a": 1, "b": 2}) == {"b": 2}
reuse(1)
