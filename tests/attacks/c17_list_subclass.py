# class: 17 lying objects
# expect: wrong_answer
# how: a list subclass that equals everything
class L(list):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


def f(xs):
    return L(xs)
