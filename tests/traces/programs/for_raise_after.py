# feature: raise after a loop that was left by break, and after one that ran out
def need(items, wanted):
    for item in items:
        if item == wanted:
            break
    raise LookupError(wanted)


caught = 0
for wanted in (1, 9):
    try:
        need([1, 2], wanted)
    except LookupError:
        caught += 1
assert caught == 2
