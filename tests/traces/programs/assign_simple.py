# feature: plain, chained and annotated assignment, swap and del
def rotate(a, b):
    x = y = a
    z: int = b
    label: str
    x, z = z, x
    y = y
    del y
    return x, z


a = b = []
b.append(1)
total: int = 3
a, total = total, a
del b
assert rotate(1, 2) == (2, 1)
