# feature: subclasses of list, dict, str, int, tuple, set with attributes of their own
class Stack(list):
    def push(self, item):
        self.append(item)
        self.top = item


class Bag(dict):
    def __missing__(self, key):
        return 0


class Name(str):
    pass


class Money(int):
    def __repr__(self):
        return "$" + str(int(self))


class Pair(tuple):
    pass


stack = Stack()
stack.push(3)
stack.push(4)
bag = Bag()
bag["a"] += 1
name = Name("ann")
money = Money(5)
pair = Pair((1, money))
items = {money: name}
assert stack.top == 4 and bag == {"a": 1} and items[5] == "ann"
