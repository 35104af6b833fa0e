# feature: finally clauses and with exits that change things while an exception passes
log = []


def work(items):
    count = 0
    try:
        for item in items:
            count += 1
            log.append(10 // item)
    finally:
        count = -count
        log.append(count)


try:
    work([5, 0])
except ZeroDivisionError:
    log.append("caught")
assert log == [2, -2, "caught"]
try:
    work([0])
finally:
    log = None
