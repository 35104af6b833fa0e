# feature: an object whose __class__ is a property of its own that counts
class Disguised:
    asked = 0

    @property
    def __class__(self):
        Disguised.asked += 1
        return int


def use(thing):
    thing.value = 1
    return thing


use(Disguised())
assert Disguised.asked == 0
