# feature: __dict__ and __class__ replaced, attributes through vars and setattr, attributes of functions and classes
class A:
    kind = "a"


class B:
    pass


def function():
    function.calls += 1
    return function.calls


thing = A()
thing.__dict__ = {"n": 1}
vars(thing)["m"] = 2
thing.__class__ = B
setattr(thing, "n", 3)
A.kind = "changed"
function.calls = 0
function()
assert function() == 2 and thing.n == 3 and A.kind == "changed"
