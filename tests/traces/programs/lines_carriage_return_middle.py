# feature: old Mac line endings in the middle of a program
def first(x):
    y = x + 1
    return y


a = 1b = first(a)
assert b == 2
