# class: 2 C loops
# expect: wrong_answer or out_of_fuel
# how: a set of ten thousand frozensets: no slow path in whatever compares it
def f(xs):
    return {frozenset([i, i + 1]) for i in range(10_000)}
