# class: 22 redefined test helpers
# expect: wrong_answer or pass
# how: rebinds the entry point after a first right call: seen where tests name it anew, not where it is looked up once
def f(xs):
    global f
    f = lambda ys: [9]
    return [x * x for x in sorted(xs)]
