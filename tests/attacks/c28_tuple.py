# class: 28 value identities
# expect: wrong_answer
# how: a tuple for a list
def f(xs):
    return tuple(x * x for x in sorted(xs))
