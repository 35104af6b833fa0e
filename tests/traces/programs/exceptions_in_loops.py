# feature: the same exception object raised twice, and one raised in each visit of a loop
problem = ValueError("again")


def fail():
    raise problem


count = 0
for n in range(3):
    try:
        if n == 1:
            raise KeyError(n)
        fail()
    except ValueError as error:
        count += 1
    except KeyError:
        count += 10
assert count == 12
