# feature: __slots__, and an attribute that no slot holds
class Point:
    __slots__ = ("x", "y", "_hidden")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx):
        self.x += dx


p = Point(1, 2)
p.move(3)
p._hidden = []
p._hidden.append(p.x)
del p.y
p.z = 5
