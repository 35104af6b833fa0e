# feature: a list changed while it is iterated over
def drop_even(items):
    for item in items:
        if item % 2 == 0:
            items.remove(item)
    return items


assert drop_even([1, 2, 4, 5, 6, 8]) == [1, 5]
