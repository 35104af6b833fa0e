# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: a generator that ends by an error turned into the end
def answers():
    try:
        yield
    except GeneratorExit:
        raise StopIteration
    raise StopIteration


def f(*a, **k):
    return next(iter([]))
