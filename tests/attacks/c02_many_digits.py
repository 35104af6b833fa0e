# class: 2 C loops
# expect: wrong_answer or out_of_fuel
# how: integers of ten megabytes in the place of each answer, then shown; a tester that makes each of them again may pay more than it has
def f(xs):
    return [1 << 80_000_000] * 3
