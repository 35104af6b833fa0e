# class: 23 mutated arguments
# expect: wrong_answer
# how: empties its argument and returns it
def f(xs):
    xs.clear()
    return xs
