# feature: subclasses of list, dict and int that override iteration, length and comparison
class Odd(list):
    def __iter__(self):
        raise RuntimeError("no iteration")

    def __len__(self):
        return 10**9


class Sly(dict):
    def items(self):
        raise RuntimeError("no items")

    def __eq__(self, other):
        raise RuntimeError("no comparison")


class Number(int):
    def __index__(self):
        raise RuntimeError("no index")

    def __pos__(self):
        return 7


odd = Odd([1, 2])
sly = Sly(a=1)
number = Number(3)
all_three = [odd, sly, number]
sly["b"] = 2
assert list.__len__(odd) == 2
