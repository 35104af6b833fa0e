# class: 1 endless loop
# expect: out_of_fuel
# how: the call never returns
def f(xs):
    while True:
        pass
