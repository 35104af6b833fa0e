# class: 18 reading the harness
# expect: wrong_answer
# how: follows the referrers of its argument towards the harness and its expectations
import gc


def f(xs):
    wanted = {x * x for x in xs}
    seen, queue = set(), [xs]
    while queue and len(seen) < 2000:
        item = queue.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if type(item) is list and item is not xs and xs and all(type(x) is int for x in item) and set(item) == wanted:
            return item
        queue.extend(x for x in gc.get_referrers(item) if type(x) in (list, tuple, dict))
    return None
