# feature: an uncaught exception that arises inside a lambda called from library code
def invert(values):
    inverse = list(map(lambda v: 1 / v, values))
    return inverse


assert invert([1, 2]) == [1.0, 0.5]
assert invert([2, 0]) == [0.5, 0]
