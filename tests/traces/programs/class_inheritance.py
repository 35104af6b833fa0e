# feature: inheritance, super, abstract methods and isinstance
from abc import ABC, abstractmethod


class Shape(ABC):
    def __init__(self, name):
        self.name = name

    @abstractmethod
    def area(self): ...

    def describe(self):
        return f"{self.name}: {self.area()}"


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side

    def area(self):
        return self.side**2


shape = Square(3)
assert shape.describe() == "square: 9"
assert isinstance(shape, Shape)
Shape("none")
