# feature: a local shadows a global; UnboundLocalError and NameError
total = 5


def shadow():
    total = 1
    return total


def broken():
    total += 1
    return total


shadow()
try:
    broken()
except UnboundLocalError as error:
    print(error)
print(missing)
