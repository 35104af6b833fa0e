# feature: generator expressions, consumed lazily and in part
def first_big(values):
    squares = (v * v for v in values if v)
    big = next(s for s in squares if s > 3)
    rest = list(squares)
    total = sum(
        r
        for r in rest
    )
    return big, rest, total


assert first_big([0, 1, 2, 3, 4]) == (4, [9, 16], 25)
