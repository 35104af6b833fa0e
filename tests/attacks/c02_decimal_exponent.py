# class: 2 C loops
# expect: wrong_answer
# how: decimals with exponents of hundreds of millions: never expanded
from decimal import Decimal


def f(xs):
    return [Decimal("1E+99999999"), Decimal("-1E-99999999"), Decimal("1E+425000000")][: len(xs)] or [Decimal("Infinity")]
