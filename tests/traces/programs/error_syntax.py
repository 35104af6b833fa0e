# feature: a program that does not compile
def broken(x):
    y = (x + 1
    return y


print(broken(1))
