# feature: a loop whose variable is bound to equal values, and one that rebinds it
def count(bits):
    ones = 0
    for bit in bits:
        ones += bit
    for i in range(3):
        i = 10
    for i in [10, 10]:
        pass
    for cell[0] in "xx":
        pass
    return ones


cell = [None]
assert count([1, 1, 1, 0, 0]) == 3
