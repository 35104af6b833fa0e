# feature: cyclic lists, dicts and objects
class Node:
    def __init__(self, name):
        self.name = name
        self.links = []


ring = [1, 2]
ring.append(ring)
ring[0] = 5
table = {}
table["self"] = table
table["n"] = 1
a, b = Node("a"), Node("b")
a.links.append(b)
b.links.append(a)
b.name = "c"
shared = [3]
twice = [shared, shared]
shared.append(4)
assert ring[2][2][0] == 5
