# feature: decimals, fractions, dates, big and small numbers
from datetime import datetime, timedelta, timezone
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 30
a = Decimal("0.1") + Decimal("0.20")
b = Decimal("1E+500")
c = Decimal("NaN"), Decimal("-Infinity"), Decimal("-0")
d = Decimal(1) / Decimal(3)
e = Fraction(3, 4) ** 3
f = datetime(2024, 1, 31, 12, tzinfo=timezone.utc) + timedelta(minutes=90)
g = 0.1 + 0.2, 1e22, 1e16, 123456789.123456789, 5e-324
h = complex(0, -0.0), 10**18, -(2**63), 0xFF, 0b11, 1_000
i = True + True, not 1
assert a == Decimal("0.3")
