# feature: quicksort and merge sort with sublists
def quick(items):
    if len(items) < 2:
        return items
    pivot, *rest = items
    low = [x for x in rest if x < pivot]
    high = [x for x in rest if x >= pivot]
    return quick(low) + [pivot] + quick(high)


def merge(a, b):
    out = []
    while a and b:
        out.append((a if a[0] <= b[0] else b).pop(0))
    return out + a + b


assert quick([3, 1, 2, 3]) == [1, 2, 3, 3]
assert merge([1, 4], [2, 3]) == [1, 2, 3, 4]
