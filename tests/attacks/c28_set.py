# class: 28 value identities
# expect: wrong_answer
# how: a set for a list
def f(xs):
    return {x * x for x in xs}
