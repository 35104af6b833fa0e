# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: the end of a generator, taken out of it by hand and thrown at the tester with the answer as its value
def answers():
    return [1, 4, 9]
    yield


def f(*a, **k):
    try:
        next(answers())
    except StopIteration as end:
        raise end
