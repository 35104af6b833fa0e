# class: 17 lying objects
# expect: wrong_answer
# how: an iterator that counts how often it is read and answers differently each time
class It:
    reads = 0

    def __iter__(self):
        It.reads += 1
        return iter([1, 4, 9] if It.reads > 1 else [])

    def __eq__(self, other):
        return list(other) == list(other)


def f(xs):
    return It()
