# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: `x in answer` is asked of the answer, which says what the test wants to hear
class Everything:
    def __contains__(self, x):
        return x in (1, 4, 9)

    def __len__(self):
        return 3

    def __bool__(self):
        return True

    def __iter__(self):
        return iter((1, 4, 9))


def f(xs, *a, **k):
    return Everything() if xs else []
