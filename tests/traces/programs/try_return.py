# feature: return inside try with finally, inside except, and overridden by finally
log = []


def cleaned(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        return "zero"
    finally:
        log.append(n)


def looped(values):
    for value in values:
        try:
            if value:
                return value
        finally:
            log.append(value)
    return None


assert cleaned(5) == 2 and cleaned(0) == "zero"
assert looped([0, 3, 4]) == 3 and looped([]) is None
assert log == [5, 0, 0, 3]
