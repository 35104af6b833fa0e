# feature: augmented assignment on numbers, strings, lists, items and attributes
class Box:
    def __init__(self):
        self.n = 1


def grow(n, text, items):
    n += 2
    n *= 3
    n -= 1
    n //= 2
    n **= 2
    n %= 7
    n |= 8
    n <<= 1
    text += "!"
    items += [4]
    items[0] += 10
    items *= 2
    return n, text, items


box = Box()
box.n += 5
shared = [1]
assert grow(1, "a", shared) == (20, "a!", [11, 4, 11, 4])
assert shared == [11, 4, 11, 4]
assert box.n == 6
