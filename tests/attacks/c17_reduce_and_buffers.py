# class: 17 lying objects
# expect: wrong_answer
# how: objects that speak for themselves when copied, pickled or read as a buffer
class B(bytearray):
    def __reduce__(self):
        return (eval, ("[1, 4, 9]",))

    def __deepcopy__(self, memo):
        return [1, 4, 9]

    def __buffer__(self, flags):
        return memoryview(bytes([1, 4, 9]))

    def __eq__(self, other):
        return True


def f(xs):
    return B(b"x")
