# feature: functions that return nothing, return early, or return on the def line
def nothing():
    pass


def early(n):
    if n > 1:
        return
    n += 1


def bare(): return


def value(): return 42


def falls(n):
    n = n + 1


results = [nothing(), early(1), early(2), bare(), value(), falls(1)]
assert results == [None, None, None, None, 42, None]
