# feature: statements that compile to nothing or change nothing
def quiet(n):
    label: str
    global unused
    "a string"
    42
    ...
    n
    pass
    if 0:
        n = 1
    assert n, "n"
    n.real
    print()
    return


class Empty: ...


x: int
x: int = 1
quiet(x)
assert __debug__
