# feature: dataclass, namedtuple, NamedTuple, Enum and Flag
from collections import namedtuple
from dataclasses import dataclass, field, replace
from enum import Enum, Flag, IntEnum
from typing import NamedTuple

Pair = namedtuple("Pair", "left right")


class Point(NamedTuple):
    x: int
    y: int = 0


class Color(Enum):
    RED = "r"
    BLUE = "b"


class Level(IntEnum):
    LOW = 1


Mode = Flag("Mode", "READ WRITE")


@dataclass
class Item:
    name: str
    tags: list = field(default_factory=list)
    color: Color = Color.RED


item = Item("pen")
item.tags.append(Pair(1, Point(2)))
copy = replace(item, name="ink", color=Color("b"))
mode = Mode.READ | Mode.WRITE
level = Level.LOW
assert copy.tags is item.tags
assert Item("a") == Item("a")
