# feature: bubble sort, with swaps of items in place
def bubble(items):
    n = len(items)
    for i in range(n):
        swapped = False
        for j in range(n - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
                swapped = True
        if not swapped:
            break
    return items


assert bubble([3, 1, 2]) == [1, 2, 3]
assert bubble([]) == []
