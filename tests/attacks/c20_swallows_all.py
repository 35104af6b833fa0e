# class: 20 exits and swallowed exceptions
# expect: out_of_fuel
# how: swallows every exception, in a loop
def f(xs):
    while True:
        try:
            while True:
                f(xs)
        except:
            pass
