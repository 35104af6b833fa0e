# Each function of math against the value computed with 60 decimal digits and rounded once.
import math, random
from decimal import Decimal as D, getcontext
getcontext().prec = 60
def series(x, term, step):
    total, k = D(0), 0
    while abs(term) > D(10) ** -58:
        total += term
        k += 1
        term = step(term, k)
    return total
def atan(x):
    halvings = 0
    while abs(x) > D("0.1"):
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    total, power, k = D(0), x, 0
    while abs(power) > D(10) ** -58:
        total += power / (2 * k + 1)
        power *= -x * x
        k += 1
    return total * 2 ** halvings
pi = 4 * atan(D(1))
def sin(x): return series(x, x, lambda t, k: -t * x * x / (2 * k) / (2 * k + 1))
def cos(x): return series(x, D(1), lambda t, k: -t * x * x / (2 * k) / (2 * k - 1))
def asin(x): return atan(x / (1 - x * x).sqrt())
def sinh(x): return (x.exp() - (-x).exp()) / 2
def cosh(x): return (x.exp() + (-x).exp()) / 2
def erf(x):
    total, term, k = D(0), x, 0
    while abs(term) > D(10) ** -57:
        total += term / (2 * k + 1)
        k += 1
        term *= -x * x / k
    return 2 * total / pi.sqrt()
exact = {
    "acos": (lambda x: pi / 2 - asin(x), -0.99, 0.99), "acosh": (lambda x: (x + (x * x - 1).sqrt()).ln(), 1.1, 50),
    "asin": (asin, -0.99, 0.99), "asinh": (lambda x: (x + (x * x + 1).sqrt()).ln(), 0.1, 50), "atan": (atan, -20, 20),
    "atanh": (lambda x: ((1 + x) / (1 - x)).ln() / 2, -0.9, 0.9), "cbrt": (lambda x: x ** (1 / D(3)), 0.1, 1000),
    "cos": (cos, -9, 9), "cosh": (cosh, -9, 9), "erf": (erf, -3, 3), "erfc": (lambda x: 1 - erf(x), -3, 3),
    "exp": (lambda x: x.exp(), -40, 40), "exp2": (lambda x: D(2) ** x, -40, 40), "expm1": (lambda x: x.exp() - 1, -3, 3),
    "log": (lambda x: x.ln(), 0.01, 99), "log10": (lambda x: x.log10(), 0.01, 99), "log1p": (lambda x: (1 + x).ln(), -0.9, 9),
    "log2": (lambda x: x.ln() / D(2).ln(), 0.01, 99), "sin": (sin, -9, 9), "sinh": (sinh, -9, 9),
    "tan": (lambda x: sin(x) / cos(x), -9, 9), "tanh": (lambda x: sinh(x) / cosh(x), -3, 3),
}
rng = random.Random(5)
for name, (true, low, high) in exact.items():
    xs = [rng.uniform(low, high) for _ in range(300)]
    print(name, sum(getattr(math, name)(x) != float(true(D(x))) for x in xs), "of 300")
pairs = [(rng.uniform(0.1, 20), rng.uniform(-9, 9)) for _ in range(300)]
wrong = sum(math.pow(x, y) != float(D(x) ** D(y)) or x ** y != math.pow(x, y) for x, y in pairs)
wrong += sum(abs(complex(x, y)) != float((D(x) * D(x) + D(y) * D(y)).sqrt()) for x, y in pairs)
wrong += sum(math.atan2(y, x) != float(atan(D(y) / D(x))) for x, y in pairs)
print("two", wrong, "of 300")
