# feature: for with else and break; the loop variable after the loop; empty loops
def primes(limit):
    found = []
    for n in range(2, limit):
        for p in found:
            if n % p == 0:
                break
        else:
            found.append(n)
    return found, n


for nothing in []:
    print("never")
else:
    done = True
assert primes(8) == ([2, 3, 5, 7], 7)
