# feature: a typical wrong program: a failing assert on a call
def fizz(n):
    out = []
    for i in range(1, n + 1):
        if i % 3 == 0:
            out.append("fizz")
        elif i % 5 == 0:
            out.append("buzz")
        elif i % 15 == 0:
            out.append("fizzbuzz")
        else:
            out.append(i)
    return out


assert fizz(3) == [1, 2, "fizz"]
assert fizz(15)[-1] == "fizzbuzz"
