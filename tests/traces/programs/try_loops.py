# feature: try in loops with continue and break, return in finally
def sums(words):
    total = 0
    for word in words:
        try:
            n = int(word)
        except ValueError:
            continue
        finally:
            total += 1
        if n > 5:
            break
        total += n
    return total


def swallow():
    for i in range(3):
        try:
            raise RuntimeError(i)
        finally:
            return i


def nested():
    try:
        try:
            [][0]
        finally:
            x = 1
    except IndexError:
        return x


assert sums(["1", "x", "9", "2"]) == 4
assert swallow() == 0 and nested() == 1
