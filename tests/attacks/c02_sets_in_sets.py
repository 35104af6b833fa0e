# class: 2 C loops
# expect: wrong_answer or runtime_error or out_of_fuel
# how: returns sets nested a thousand levels deep around a wide tuple, which a host that sorts each of them would copy as often
def f(xs, *args, **kwargs):
    value = (None,) * 300_000
    for level in range(1_000):
        value = frozenset((value, level))
    return value
