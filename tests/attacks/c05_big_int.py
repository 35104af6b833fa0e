# class: 5 memory bombs
# expect: out_of_memory
# how: an integer of gigabytes by one shift
def f(xs):
    return [1 << 8 * 10**9 // 4]
