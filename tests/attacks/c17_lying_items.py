# class: 17 lying objects
# expect: wrong_answer
# how: plain list, lying items
class Yes(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def f(xs):
    return [Yes(0) for _ in xs]
