# class: 5 memory bombs
# expect: out_of_memory
# how: a thousand rows of a mebibyte at load time
rows = [bytearray(1 << 20) for _ in range(1000)]


def f(xs):
    return rows[0]
