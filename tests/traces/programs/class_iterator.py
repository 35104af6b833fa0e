# feature: a class that is its own iterator, and one with __call__ and __getattr__
class Steps:
    def __init__(self, stop):
        self.now, self.stop = 0, stop

    def __iter__(self):
        return self

    def __next__(self):
        if self.now == self.stop:
            raise StopIteration
        self.now += 1
        return self.now


class Lazy:
    def __getattr__(self, name):
        return name.upper()

    def __call__(self, n):
        return n + 1


steps = Steps(2)
total = 0
for step in steps:
    total += step
lazy = Lazy()
assert total == 3 and lazy.word == "WORD" and lazy(1) == 2
