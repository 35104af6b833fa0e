# feature: lambdas, stored, passed and called at once
double = lambda x: x * 2
pick = lambda *a, k=1: (
    a,
    k,
)


def apply(function, value):
    result = function(value)
    return result


assert apply(double, 4) == 8
assert apply(lambda n: n and (lambda m: m + n)(1), 2) == 3
assert (lambda: 5)() == 5
words = sorted(["bb", "a", "ccc"], key=lambda w: -len(w))
assert pick(1, 2) == ((1, 2), 1) and words[0] == "ccc"
