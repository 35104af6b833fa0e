# class: 18 reading the harness
# expect: wrong_answer
# how: searches the whole heap for a list with the right squares
import gc


def f(xs):
    wanted = {x * x for x in xs}
    gc.unfreeze()
    for item in gc.get_objects():
        if type(item) is list and item is not xs and len(item) == len(xs) > 0 and all(type(x) is int for x in item):
            if set(item) == wanted:
                return item
    return None
