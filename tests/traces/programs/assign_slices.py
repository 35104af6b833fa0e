# feature: slice assignment, slice deletion, extended slices
def cut(items):
    items[1:3] = ["x"]
    items[::2] = [0] * len(items[::2])
    del items[0]
    del items[-1:]
    items[len(items):] = [7, 8]
    items[:0] = [-1]
    items[:] = items[::-1]
    window = slice(0, 2)
    return items[window]


assert cut([1, 2, 3, 4, 5]) == [8, 7]
