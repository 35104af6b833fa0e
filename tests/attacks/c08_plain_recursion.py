# class: 8 recursion
# expect: runtime_error
# how: plain Python recursion
def f(xs):
    return f(xs)
