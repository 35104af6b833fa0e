# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: a class of two bases, the first of which is harmless
class Both(KeyError, StopIteration):
    pass


def f(*a, **k):
    raise Both("k")
