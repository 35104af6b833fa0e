# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: a subclass of StopIteration, by another name
class Enough(StopIteration):
    pass


def f(*a, **k):
    raise Enough([1, 4, 9])
