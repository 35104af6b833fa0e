# feature: very long strings, lists, ints, bytes and dict keys
text = "ab" * 5000
text += "c"
items = list(range(5000))
items[0] = -1
items[4999] = -2
items.append(7)
number = 7**5000
number += 1
digits = 10**300
data = bytes(3000)
table = {"k" * 500: "v" * 500}
many = {n: str(n) for n in range(3000)}
many[2999] = "changed"
words = ["word" * 50] * 30
words[29] = "last"
assert len(text) == 10001
