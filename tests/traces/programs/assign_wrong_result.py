# feature: a failing assert whose message shows the value
def mean(values):
    total = 0
    for value in values:
        total = value
    return total / len(values)


result = mean([1, 2, 3, 6])
assert result == 3, f"expected 3, got {result}"
