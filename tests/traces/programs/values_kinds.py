# feature: values of many builtin types
import datetime
import decimal
import fractions
import re

nan, inf, minus = float("nan"), float("inf"), -0.0
small, big = 1e-320, 1.7976931348623157e308
nothing, dots, missing = None, ..., NotImplemented
z = 3 - 2j
r, s = range(0, 10, 3), slice(1, None)
fs = frozenset([1])
empty = [(), [], {}, set(), frozenset(), "", b"", bytearray()]
single = (1,)
price = decimal.Decimal("1.10")
third = fractions.Fraction(2, 6)
day = datetime.date(2024, 2, 29) + datetime.timedelta(days=1, hours=2)
pattern = re.compile(r"a+")
found = pattern.search("baa")
it = iter([1, 2])
next(it)
thing = object()
kinds = [int, len, str.upper, "a".upper, lambda: 0, re, KeyError]
view = {"a": 1}.keys()
assert nan != nan
