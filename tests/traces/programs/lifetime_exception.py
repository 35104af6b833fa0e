# feature: the name of a caught exception is gone after its except clause
def attempt(error=None):
    try:
        raise KeyError("k")
    except KeyError as error:
        pass
    return error


try:
    int("x")
except ValueError as problem:
    text = str(problem)
assert "problem" not in globals()
problem = 5
attempt()
