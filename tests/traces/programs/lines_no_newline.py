# feature: no newline at the end
def half(n):
    return n / 2


value = half(3)
assert value == 1