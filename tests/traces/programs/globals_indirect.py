# feature: globals changed by methods, nested functions, lambdas, comprehensions and library callbacks
total = 0
items = []
names = {}


class Keeper:
    def keep(self, value):
        items.append(value)


def outer():
    def inner():
        global total
        total += 1
    inner()
    [names.setdefault(n, []) for n in "ab"]
    add = lambda v: items.append(v)
    add(1)
    list(map(items.append, [2]))
    return len(items)


Keeper().keep(0)
outer()
assert total == 1 and items == [0, 1, 2] and list(names) == ["a", "b"]
