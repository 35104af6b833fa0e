# class: 2 C loops
# expect: out_of_fuel
# how: bulk memory operators (memory.copy) in a loop: few operators, many bytes
def f(xs):
    block = bytearray(32_000_000)
    while True:
        block[1:] = block[:-1]
