# feature: objects that die when their last name goes: weak references and __del__
import weakref

log = []


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


def local():
    node = Node("local")
    return 1


a = Node("a")
reference = weakref.ref(a)
del a
assert reference() is None
b = Node("b")
b = None
local()
assert log == ["a", "b", "local"]
