# class: 1 endless loop
# expect: out_of_fuel
# how: the module body never ends, so no test is reached
def f(xs):
    return xs


while True:
    pass
