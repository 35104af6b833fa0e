# class: 28 value identities
# expect: pass
# how: floats of the same value: equal in Python
def f(xs):
    return [float(x * x) for x in sorted(xs)]
