# feature: closures in a loop all see the last value
def makers():
    functions = []
    for i in range(3):
        def show():
            return i
        functions.append(show)
    return [function() for function in functions]


assert makers() == [0, 1, 2]
