# class: 24 state across tests and candidates
# expect: wrong_answer
# how: a cache that ignores its key: right once, then stale
cache = {}


def f(xs):
    if "answer" not in cache:
        cache["answer"] = [x * x for x in sorted(xs)]
    return cache["answer"]
