# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: an exception whose class claims to be another when it is caught
class Meta(type(StopIteration)):
    def __subclasscheck__(cls, other):
        return False

    def __instancecheck__(cls, value):
        return False

    @property
    def __mro__(cls):
        return (cls, ValueError, Exception, BaseException, object)


class Hidden(StopIteration, metaclass=Meta):
    @property
    def __class__(self):
        return ValueError


def f(*a, **k):
    raise Hidden
