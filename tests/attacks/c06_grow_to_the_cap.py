# class: 6 growing to the cap
# expect: wrong_answer
# how: holds nearly all the memory it may have while it answers
hoard = bytearray(190 << 20)


def f(xs):
    for page in range(0, len(hoard), 4096):
        hoard[page] = 1
    return xs
