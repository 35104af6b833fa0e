# feature: a loop with many visits of each line, of which the first and last states stay
def collatz(n):
    steps = 0
    while n != 1:
        if n % 2:
            n = 3 * n + 1
        else:
            n //= 2
        steps += 1
    return steps


lengths = [collatz(n) for n in range(1, 12)]
assert max(lengths) == 19
assert lengths[8] == 18
