# class: 2 C loops
# expect: wrong_answer
# how: integers of ten megabytes in the place of each answer, then shown
def f(xs):
    return [1 << 80_000_000] * 3
