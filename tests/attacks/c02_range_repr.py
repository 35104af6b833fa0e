# class: 2 C loops
# expect: wrong_answer
# how: an honest range with a huge bound: showing what came out must not cost the host time that is not counted
def f(xs):
    return range(1 << 80_000_000)
