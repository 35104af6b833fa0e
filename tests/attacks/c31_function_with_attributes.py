# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: a closure, which tests may be given by reference, with operators put on as attributes
def f(xs, *a, **k):
    def answer(*a):
        return [1, 4, 9]

    answer.__eq__ = answer.__len__ = answer.__iter__ = lambda *a: 3
    answer.value = [1, 4, 9]
    return answer
