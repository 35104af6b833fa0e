# class: 5 memory bombs
# expect: wrong_answer
# how: hits the memory limit, catches MemoryError, lets go and answers
def f(xs):
    hoard = bytearray(10**6)
    try:
        while True:
            hoard = hoard + hoard
    except MemoryError:
        hoard = None
    return xs
