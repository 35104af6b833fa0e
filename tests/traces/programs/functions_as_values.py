# feature: functions, classes, methods and partials as arguments, values and return values
from functools import partial


class Shop:
    def price(self, n):
        return n * 2


def twice(function, argument):
    return function(function(argument))


def chosen(kind):
    table = {"int": int, "len": len, "price": Shop().price}
    pick = table[kind]
    return pick


add = partial(lambda a, b: a + b, 3)
handler = chosen("price")
handler = 5
handler = chosen("len")
assert twice(Shop().price, 3) == 12
assert twice(add, 1) == 7
assert chosen("int")("4") == 4
assert twice(chosen, "int") is int
