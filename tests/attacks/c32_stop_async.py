# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: StopAsyncIteration, for testers that run coroutines
def f(*a, **k):
    raise StopAsyncIteration([1, 4, 9])
