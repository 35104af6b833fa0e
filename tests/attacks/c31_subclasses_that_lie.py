# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: subclasses of plain types that hold wrong data and whose methods say otherwise
class Int(int):
    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __sub__ = __rsub__ = __abs__ = __mod__ = lambda self, *a: 0
    __hash__ = lambda self: hash(1)
    __round__ = __add__ = __radd__ = lambda self, *a: self
    __format__ = __str__ = __repr__ = lambda self, *a: "001"
    __index__ = __int__ = lambda self: 1


class List(list):
    __eq__ = __contains__ = __lt__ = __gt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __len__ = lambda self: 3
    __iter__ = lambda self: iter([1, 4, 9])
    __getitem__ = lambda self, index: [1, 4, 9][index]
    __bool__ = lambda self: True
    __str__ = __repr__ = lambda self: "[1, 4, 9]"


def f(*a, **k):
    return List([Int(77), Int(77)])
