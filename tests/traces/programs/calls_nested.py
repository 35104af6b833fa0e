# feature: calls within calls, and the result of one as argument of another
def double(n):
    return n * 2


def add(a, b):
    c = a + b
    return c


def both(x):
    y = add(double(x), double(add(x, 1)))
    return y


assert both(add(1, double(2))) == 22
