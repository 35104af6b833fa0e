# feature: a generator abandoned before its end runs its finally clause when it is deleted
log = []


def stream():
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")


source = stream()
first = next(source)
del source
assert log == ["closed"]
for value in stream():
    break
log.append("after")
assert log == ["closed", "closed", "after"]
