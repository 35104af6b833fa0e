# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: GeneratorExit closes generators without a word
def f(*a, **k):
    raise GeneratorExit
