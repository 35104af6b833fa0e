# feature: a byte order mark and U+2028 inside a string
x = "a b"
y = x.splitlines()
z = len(y)
assert z == 2
