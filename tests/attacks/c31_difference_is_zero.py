# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: a list of objects whose difference to any number is nothing, so that every tolerance holds
class Near:
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __abs__(self):
        return 0.0

    def __float__(self):
        return 1.0

    def __round__(self, digits=None):
        return self

    def __eq__(self, other):
        return True

    __le__ = __lt__ = __ge__ = __gt__ = lambda self, other: True
    __hash__ = None


def f(*a, **k):
    return [Near(), Near(), Near()]
