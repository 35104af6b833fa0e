# class: 2 C loops
# expect: out_of_fuel
# how: one C call of big integer arithmetic that runs for hours
def f(xs):
    n = 8
    return [10 ** 10**n % 7]
