# class: 31 by reference
# expect: wrong_answer or runtime_error
# how: raises an error whose class, text and arguments are objects that compare as they please
class Any:
    def __eq__(self, other):
        return True

    def __str__(self):
        return "[1, 4, 9]"

    def __hash__(self):
        return 0


class Error(Exception):
    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return [1, 4, 9]


def f(*a, **k):
    raise Error(Any())
