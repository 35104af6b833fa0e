# feature: mutual recursion on one-line bodies
def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


assert even(4)
assert not odd(4)
