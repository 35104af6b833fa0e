# feature: operator overloading and other special methods
class Vector:
    def __init__(self, *values):
        self.values = list(values)

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.values, other.values)))

    def __iadd__(self, other):
        self.values = [a + b for a, b in zip(self.values, other.values)]
        return self

    def __eq__(self, other):
        return self.values == other.values

    def __getitem__(self, index):
        return self.values[index]

    def __len__(self):
        return len(self.values)

    def __bool__(self):
        return any(self.values)


v = Vector(1, 2) + Vector(3, 4)
w = v
w += Vector(1, 1)
assert v == Vector(5, 7) and v[0] == 5
assert [n for n in v] == [5, 7]
assert not Vector(0)
