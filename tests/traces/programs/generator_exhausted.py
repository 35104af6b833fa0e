# feature: a generator consumed twice, and an exception inside one
def numbers(limit):
    for n in range(limit):
        yield 10 // (n - 1)


stream = numbers(1)
assert list(stream) == [-10]
assert list(stream) == []
total = 0
for value in numbers(3):
    total += value
