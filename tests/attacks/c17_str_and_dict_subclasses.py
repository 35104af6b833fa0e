# class: 17 lying objects
# expect: wrong_answer
# how: subclasses of str, dict, tuple and float that lie
def lying(base):
    return type(base.__name__, (base,), {"__eq__": lambda a, b: True, "__ne__": lambda a, b: False, "__hash__": lambda a: 0})


def f(xs):
    return [lying(str)("x"), lying(float)(0), lying(tuple)()][: len(xs)] if len(xs) != 2 else lying(dict)()
