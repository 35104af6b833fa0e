# feature: unpacking, nested and starred targets
def parts(values):
    first, *middle, last = values
    (a, b), [c, *d] = (first, last), middle
    *init, _ = values
    for head, (x, *rest) in [(1, (2, 3, 4)), (5, (6,))]:
        a += head + x
    return a, b, c, d, init, rest


x, y, z = "xyz"
[p, q] = 1, 2
assert parts([1, 2, 3, 4]) == (15, 4, 2, [3], [1, 2, 3], [])
