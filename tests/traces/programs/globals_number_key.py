# feature: a global whose key is no string
globals()[1] = 2
x = 1
del globals()[1]
assert x == 1
