# feature: exceptions that library code and the interpreter swallow: getattr, hasattr, iteration, sorting
class Shy:
    @property
    def name(self):
        raise AttributeError("hidden")

    def __getitem__(self, index):
        if index > 1:
            raise IndexError(index)
        return index

    def __contains__(self, item):
        return item in list(self)


shy = Shy()
a = getattr(shy, "name", "default")
b = hasattr(shy, "name")
c = list(shy)
d = 5 in shy
e = next(iter(()), "none")
assert (a, b, c, d, e) == ("default", False, [0, 1], False, "none")
