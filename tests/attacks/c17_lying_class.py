# class: 17 lying objects
# expect: wrong_answer or runtime_error
# how: claims to be a list through __class__, its name and its metaclass
class Meta(type):
    def __instancecheck__(self, other):
        return True

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(list)


class Fake(metaclass=Meta):
    __class__ = list

    def __eq__(self, other):
        return True


Fake.__name__ = Fake.__qualname__ = "list"
Fake.__module__ = "builtins"


def f(xs):
    return Fake()
