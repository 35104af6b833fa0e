# class: 23 mutated arguments
# expect: pass
# how: changes its argument and still answers correctly: harmless
def f(xs):
    xs.sort()
    answer = [x * x for x in xs]
    xs[:] = ["garbage", None]
    return answer
