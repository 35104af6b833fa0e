# feature: a program that ends within a block, without a newline, after a comment
x = 1
if x:
    x = 2  # last