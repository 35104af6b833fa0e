# feature: endless recursion that nobody catches
def count(node):
    return 1 + count(node)


print(count([]))
