# class: 32 control flow
# expect: wrong_answer or runtime_error
# how: an iterator whose __next__ raises errors that steer whoever takes from it
class Items:
    def __iter__(self):
        return self

    def __next__(self):
        raise GeneratorExit


def f(*a, **k):
    return Items()
