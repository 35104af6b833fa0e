# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: the answer is a class, whose metaclass answers for it
class Meta(type):
    def __eq__(cls, other):
        return True

    def __ne__(cls, other):
        return False

    def __hash__(cls):
        return 0

    def __sub__(cls, other):
        return 0

    __rsub__ = __mod__ = __abs__ = __round__ = __sub__

    def __len__(cls):
        return 3

    def __getitem__(cls, index):
        return cls

    def __contains__(cls, x):
        return True

    def __iter__(cls):
        return iter((cls, cls, cls))

    def __lt__(cls, other):
        return True

    __gt__ = __le__ = __ge__ = __lt__


class Answer(metaclass=Meta):
    pass


def f(*a, **k):
    return Answer
