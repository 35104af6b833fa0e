# feature: a program that prints a lot
def flood(lines):
    for i in range(lines):
        print("x" * 1000, i)
    return lines


assert flood(20_000) == 20_000
assert flood(40_000) == 40_000
