# class: 8 recursion
# expect: out_of_fuel
# how: repr of a list nested 100 000 deep: repr searches all it is inside of, quadratic work before any stack ends
def f(xs):
    a = []
    for _ in range(100_000):
        a = [a]
    return repr(a)
