# feature: changes that are hard to see: equal values of other types, nan, -0.0, swapped keys
def vary():
    x = 1
    x = True
    x = 1.0
    x = 1
    y = 0.0
    y = -0.0
    items = [1, 2]
    items[0] = True
    items[0] = 1.0
    items = [1.0, 2]
    items = list(items)
    table = {"a": 1, "b": 2}
    table["a"] = table.pop("a")
    value = float("nan")
    value = float("nan")
    pair = (0, [])
    pair[1].append(1)
    word = "ab"
    word = "a" + "b".lower()
    return x, y


assert vary() == (1, 0)
