# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: subclasses of plain values of which a test may see the text, whose text does more than say
class Text(str):
    __eq__ = __contains__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __len__ = lambda self: 9


class Int(int):
    def __repr__(self):
        return Text("x")

    __str__ = __format__ = lambda self, *a: Text("x")


class Error(ValueError):
    def __str__(self):
        return Text("x")

    __repr__ = __str__
    args = [1, 4, 9]


def f(xs, *a, **k):
    return [Int(77), Int(88), Error(9)]
