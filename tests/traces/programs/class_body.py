# feature: statements and loops in a class body, nested classes, a metaclass
class Meta(type):
    def __new__(mcls, name, bases, namespace, **extra):
        namespace["extra"] = sorted(extra)
        return super().__new__(mcls, name, bases, namespace)


class Table(metaclass=Meta, size=3):
    cells = []
    for n in range(3):
        cells.append(n)
    limit = len(cells)

    class Row:
        width = 2

    def get(self, n):
        return self.cells[n]


assert Table().get(2) == 2
assert Table.extra == ["size"] and Table.n == 2
