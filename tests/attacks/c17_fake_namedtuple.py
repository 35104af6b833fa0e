# class: 17 lying objects
# expect: wrong_answer
# how: a tuple subclass dressed as a namedtuple, the one subclass that crosses
class T(tuple):
    _fields = ("a", "b", "c")

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __len__(self):
        return 3

    def __iter__(self):
        return iter((1, 4, 9))


def f(xs):
    return T((0, 0, 0))
