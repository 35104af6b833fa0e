# class: 2 C loops
# expect: out_of_fuel
# how: bulk memory operators (memory.fill) in a loop: few operators, many bytes
def f(xs):
    while True:
        bytes(64_000_000)
