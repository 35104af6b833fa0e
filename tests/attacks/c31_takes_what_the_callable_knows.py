# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: keeps the test's own callable and answers with it, or with an object around it, hoping that it is compared by the test's rules
class Around:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, *a):
        return [1, 4, 9]

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


def f(xs, key=None, *a, **k):
    return Around(key) if key is not None else Around(f)
