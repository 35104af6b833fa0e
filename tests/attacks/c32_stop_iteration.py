# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: ends map, zip and all in the tester as if there were no more
def f(*a, **k):
    raise StopIteration
