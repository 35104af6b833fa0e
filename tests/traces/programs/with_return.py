# feature: return, break and continue out of a with block
class Guard:
    def __enter__(self):
        self.inside = True
        return self

    def __exit__(self, *details):
        self.inside = False


def first(values):
    guard = Guard()
    for value in values:
        with guard:
            if value < 0:
                continue
            if value > 5:
                break
            return value, guard.inside
    return guard.inside


assert first([-1, 3]) == (3, True)
assert first([9]) is False
