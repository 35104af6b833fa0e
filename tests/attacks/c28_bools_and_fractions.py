# class: 28 value identities
# expect: pass
# how: True for 1, a fraction, a decimal, a complex number: equal in Python
from decimal import Decimal
from fractions import Fraction


def f(xs):
    kinds = [lambda x: x == 1 or x, Fraction, lambda x: Decimal(x) if x % 2 else complex(x)]
    return [kinds[i % 3](x * x) for i, x in enumerate(sorted(xs))]
