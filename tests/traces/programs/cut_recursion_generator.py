# feature: a program that is cut in the middle of nested calls, which never return
def outer(n):
    total = n
    return inner(total)


def inner(m):
    for k in iter(int, 1):
        m += 1
    return m


result = outer(5)
