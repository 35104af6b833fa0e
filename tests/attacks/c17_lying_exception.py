# class: 17 lying objects
# expect: runtime_error
# how: raises an exception whose every method lies about what it is
class Meta(type):
    __name__ = "pass"

    def mro(cls):
        return type.mro(cls)


class E(Exception, metaclass=Meta):
    def __str__(self):
        return 1

    def __getattribute__(self, name):
        return "pass"

    def __eq__(self, other):
        return True


def f(xs):
    raise E()
