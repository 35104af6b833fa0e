# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: a real tuple around objects that compare, order, format and divide as the right numbers would
class Number:
    def __init__(self, n):
        self.n = n

    def __getattr__(self, name):
        return getattr(self.n, name)


for name in "add radd sub rsub mul rmul mod rmod truediv floordiv divmod pow neg abs round format index int float eq ne lt le gt ge hash bool str repr".split():
    def method(self, *a, _name="__%s__" % name):
        return getattr(self.n, _name)(*(x.n if isinstance(x, Number) else x for x in a))
    setattr(Number, "__%s__" % name, method)


def f(*a, **k):
    return (Number(1), Number(4), Number(9))
