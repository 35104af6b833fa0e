# class: 8 recursion
# expect: runtime_error
# how: pickle and deepcopy of deep data
import copy
import pickle


def f(xs):
    a = []
    for _ in range(100_000):
        a = [a]
    try:
        pickle.dumps(a)
    except RecursionError:
        pass
    return copy.deepcopy(a)
