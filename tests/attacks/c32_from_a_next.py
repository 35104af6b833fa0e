# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: leaks the StopIteration of next() on what is empty, as a careless program may
def f(xs, *a, **k):
    it = iter(xs)
    while True:
        next(it)
