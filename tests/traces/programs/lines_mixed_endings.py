# feature: LF and CRLF mixed line endings
x = 1
y = 2
if x:
    z = x + y
assert z == 3
