# feature: a program whose last line ends with a backslash continuation and blanks
x = [1,
     2]
y = x[0] + \
    x[1]
assert y == 3 \

