# class: 17 lying objects
# expect: wrong_answer
# how: an object that equals everything
class Yes:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __bool__(self):
        return True

    def __hash__(self):
        return 0

    def __len__(self):
        return 3

    def __iter__(self):
        return iter([self])

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__

    def __sub__(self, other):
        return 0

    __rsub__ = __abs__ = __float__ = __sub__


def f(xs):
    return Yes()
