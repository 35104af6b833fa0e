# class: 5 memory bombs
# expect: out_of_memory
# how: asks for a gigabyte at once
def f(xs):
    return len(bytearray(10**9))
