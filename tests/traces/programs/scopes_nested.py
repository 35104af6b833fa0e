# feature: names of the same spelling in nested scopes
x = "module"


def outer(x):
    def inner(x):
        x = x + "!"
        return x

    y = inner("inner")
    x = x + "?"
    return [x for x in (x, y)]


class Scope:
    x = x + " in class"
    y = [x for _ in range(1)]


assert outer("outer") == ["outer?", "inner!"]
assert Scope.x == "module in class"
