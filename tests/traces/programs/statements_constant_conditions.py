# feature: conditions known when compiling, and code after them
def always(n):
    while True:
        n += 1
        if n > 2:
            break
    if True:
        n = n * 2
    else:
        n = 0
    while 1:
        return n


def never():
    while False:
        pass
    for _ in ():
        pass
    if __debug__:
        return "debug"
    return None


assert always(0) == 6
assert never() == "debug"
