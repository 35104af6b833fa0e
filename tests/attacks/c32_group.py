# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: an exception group around one
def f(*a, **k):
    raise BaseExceptionGroup("all", [StopIteration(1), GeneratorExit()])
