# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: an iterator, which is handed over lazily, of objects that no plain answer could hold
class Yes:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __sub__(self, other):
        return 0

    __rsub__ = __abs__ = __mod__ = lambda self, *a: 0
    __lt__ = __gt__ = __le__ = __ge__ = __eq__
    __add__ = __radd__ = lambda self, other: self

    def __hash__(self):
        return hash(4)


def f(*a, **k):
    return (Yes() for _ in range(3))
