# class: 2 C loops
# expect: out_of_fuel
# how: C string search over a large text, again and again
def f(xs):
    text = "ab" * 5_000_000
    while True:
        text.count("ba")
