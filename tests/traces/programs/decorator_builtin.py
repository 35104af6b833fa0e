# feature: property, staticmethod, classmethod, cached_property
from functools import cached_property


class Circle:
    count = 0

    def __init__(self, radius):
        self._radius = radius

    @property
    def radius(self):
        return self._radius

    @radius.setter
    def radius(self, value):
        self._radius = value

    @classmethod
    def unit(cls):
        cls.count += 1
        return cls(1)

    @staticmethod
    def area(radius):
        return 3 * radius**2

    @cached_property
    def big(self):
        return self.radius > 5


c = Circle.unit()
c.radius = 10
assert c.big and c.big
assert Circle.area(c.radius) == 300
assert Circle.count == 1
