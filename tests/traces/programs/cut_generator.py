# feature: an endless generator that is collected
def ones():
    while True:
        yield 1


everything = list(ones())
