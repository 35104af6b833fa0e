# class: 8 recursion
# expect: runtime_error
# how: isinstance against an endlessly nested tuple of types
def f(xs):
    t = (int,)
    for _ in range(200_000):
        t = (t,)
    return isinstance("", t)
