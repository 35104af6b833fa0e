# class: 8 recursion
# expect: runtime_error
# how: attribute look-up that looks itself up
class A:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def f(xs):
    return A().x
