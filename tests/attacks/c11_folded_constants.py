# class: 11 compile-time bombs
# expect: out_of_memory
# how: constants that a compiler might fold into gigabytes
BIG = "a" * 4096 * 4096 * 64


def f(xs):
    return [len(BIG), 1 << 1 << 40]
