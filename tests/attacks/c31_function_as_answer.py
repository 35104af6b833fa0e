# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: the answer is an object that can be called, which a test gets to call and nothing else; its operators lie
class Answer:
    def __call__(self, *a, **k):
        return self

    def yes(self, *a):
        return True

    __eq__ = __contains__ = __lt__ = __gt__ = __le__ = __ge__ = __bool__ = yes
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __sub__ = __rsub__ = __abs__ = __mod__ = lambda self, *a: 0
    __len__ = lambda self: 3
    __iter__ = lambda self: iter([1, 4, 9])
    __getitem__ = lambda self, index: [1, 4, 9][index]
    __repr__ = __str__ = lambda self: "[1, 4, 9]"


def f(*a, **k):
    return Answer()
