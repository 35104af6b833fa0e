# feature: a typical wrong program: a method's None result is used
def top(scores, n):
    ordered = scores.sort(reverse=True)
    return ordered[:n]


assert top([3, 1, 2], 2) == [3, 2]
