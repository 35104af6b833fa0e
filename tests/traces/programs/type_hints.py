# feature: type hints, generics, aliases, TypeVar, Protocol, overload
from __future__ import annotations

from typing import Generic, Optional, Protocol, TypeVar, overload

T = TypeVar("T")
Numbers = list[int]
type Pair[A] = tuple[A, A]


class Sized(Protocol):
    def size(self) -> int: ...


class Stack(Generic[T]):
    items: list[T]

    def __init__(self) -> None:
        self.items = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self


def first[U](values: list[U], default: Optional[U] = None) -> U | None:
    return values[0] if values else default


stack: Stack[int] = Stack[int]().push(1)
assert first(stack.items) == 1 and first([], "x") == "x"
