# feature: exceptions one after another: each may stand in memory where the last one stood
def fail(n):
    if n % 2:
        raise KeyError(n)
    return [][n]


caught = []
for n in range(6):
    try:
        fail(n)
    except LookupError as error:
        caught.append(type(error).__name__)
for n in range(3):
    try:
        int("x%d" % n)
    except ValueError:
        caught.append(n)
    try:
        {}[n]
    except KeyError:
        caught.append(n)
del caught[0]
from math import no_such_name
