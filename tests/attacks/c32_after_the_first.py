# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: right for the first call, then the end
calls = 0


def f(xs, *a, **k):
    global calls
    calls += 1
    if calls > 1 or len(xs) != 1:
        raise StopIteration
    return [x * x for x in xs]
