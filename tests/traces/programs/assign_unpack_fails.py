# feature: unpacking the wrong number of values raises
def pair(text):
    left, right = text.split("=")
    return left, right


good = pair("a=1")
bad = pair("a=1=2")
print(good, bad)
