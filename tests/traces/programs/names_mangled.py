# feature: private names in classes, underscore names, dunder locals
class Safe:
    __code = 1

    def __init__(self, code):
        self.__code = code
        self._tries = 0

    def open(self, code):
        __guess = code
        __x__ = code
        _ = 5
        self._tries += 1
        return self.__code == __guess


safe = Safe(7)
assert not safe.open(6)
assert safe.open(7)
