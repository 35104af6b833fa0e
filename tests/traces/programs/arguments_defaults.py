# feature: default arguments, evaluated once, and a mutable default
base = 10


def add(value, items=[], offset=base):
    items.append(value + offset)
    return items


first = add(1)
base = 20
second = add(2)
third = add(3, [])
fourth = add(4, offset=0)
assert third == [13]
assert first == [11, 12, 4]
