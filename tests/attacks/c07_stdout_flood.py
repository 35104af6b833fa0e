# class: 7 output floods
# expect: out_of_fuel
# how: prints without end
def f(xs):
    while True:
        print("flood " * 1000)
