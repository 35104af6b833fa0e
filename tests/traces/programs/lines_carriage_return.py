# feature: old Mac line endings, a form feed and a vertical tab in strings

def f(x):
    y = "ab"
    z = "cd"
    return y + z, x


assert f(1)[1] == 1
x = 5y = 6assert x + y == 11
