# feature: backslash continuations
def join(a, b, \
         c):
    text = a + \
        b + \
        c
    if text == "abc" and \
            a == "a":
        text += \
            "!"
    assert \
        text \
        == "abc!"
    return \
        text


x = 1; \
y = 2
assert join("a", "b", "c") == "abc!" \
    and x + y == 3
