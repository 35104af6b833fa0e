# feature: a variable deleted and bound again to the same value, in a module with functions
def one():
    return 1


def two():
    return 2


x = 5
del x
x = 5
y = [x]
del y
y = [5]
z = one
z = 3
z = two
z = 3
assert x == 5 and y == [5] and z == 3
