# feature: names that are gone and come back: del in a function, deleted attributes and keys
def forget(n):
    x = n
    del x
    x = n
    items = [x]
    del items
    items = [x]
    return items


assert forget(1) == [1]
