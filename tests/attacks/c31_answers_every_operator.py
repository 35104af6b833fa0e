# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: one object whose every operator gives what a test of any form would like, whatever carried it to the tester
def _zero(self, *a):
    return 0


def _same(self, *a):
    return self


def _true(self, *a):
    return True


class Liar:
    def __init__(self, *a):
        self.calls = 0

    def __getattr__(self, name):
        return self

    def __iter__(self):
        return iter([self, self, self])

    def __len__(self):
        return 3

    def __getitem__(self, index):
        return self

    def __hash__(self):
        return hash(1)

    def __index__(self):
        return 1

    def __format__(self, spec):
        return "001"

    def __str__(self):
        return "[1, 4, 9]"

    __repr__ = __str__


for name in "sub rsub mod rmod floordiv rfloordiv and rand xor rxor abs int float trunc floor ceil divmod rdivmod".split():
    setattr(Liar, "__%s__" % name, _zero)
for name in "add radd mul rmul truediv rtruediv pow rpow neg pos invert round call enter or ror iadd isub imul lshift rshift matmul".split():
    setattr(Liar, "__%s__" % name, _same)
for name in "eq ne lt le gt ge bool contains instancecheck subclasscheck exit".split():
    setattr(Liar, "__%s__" % name, _true)
Liar.__hash__ = lambda self: hash(1)


def f(*a, **k):
    return Liar()
