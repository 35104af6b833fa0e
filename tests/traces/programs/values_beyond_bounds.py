# feature: changes beyond what is shown of a value: the tail of a long list, a deep item
class Box:
    def __init__(self, items):
        self.items = items


long = list(range(100))
long[99] = -1
long.append(5)
box = Box(list(range(100)))
box.items[99] = -1
box.items.append(5)
deep = [[[[[[[[1]]]]]]]]
deep[0][0][0][0][0][0][0][0] = 2
text = "a" * 200
text = "a" * 199 + "b"
sparse = [0] * 3000
sparse[2999] = 1
assert long[99] == -1
