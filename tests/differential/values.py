"""The grammar of values: expressions of every kind that crosses between a test and a candidate, and values as literals."""

import ast
import collections
import datetime
import decimal
import fractions
import math

#: What tests and programs import, so that every expression of the grammar and every literal can be read.
IMPORTS = """import array, collections, contextlib, copy, datetime, enum, functools, io, itertools, json, math, operator, pickle, re, sys, types, typing
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
"""

INTS = ["0", "1", "-1", "2", "7", "-13", "255", "256", "2**31 - 1", "2**31", "-2**31", "-2**31 - 1", "2**32", "2**53 + 1", "2**63 - 1", "2**63", "-2**63", "2**64", "10**18 + 9", "-10**30", "3**200"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "0.1", "0.1 + 0.2", "1/3", "1e16", "2.5", "3.5", "1e-7", "1e22", "1e23", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "float('inf')", "-float('inf')", "123456789.123456789"]
COMPLEX = ["1j", "complex(1, -2)", "complex(-0.0, 0.0)", "complex(0.5, 1e300)", "3 + 0j"]
STRINGS = [
    "''", "'a'", "'hello world'", "'Hello, World!'", "'a\\nb\\tc'", "'\\x00'", "'\\x7f\\x80'", "'é'", "'e\\u0301'", "'ß'", "'İ'", "'ﬀ'", "'日本語'", "'\\u2028'", "'😀'", "'👩\\u200d👩'", "'\\ud800'", "'\\udfff\\ud800'",
    "'\\U0010ffff'", "' padded '", "'x' * 1000", "'12'", "'-3.5'", "'a,b,,c'", "'It\\'s \"q\"'", "'back\\\\slash'", "'aAbB'", "'racecar'", "'()[]{}'",
]
BYTES = ["b''", "b'abc'", "b'\\x00\\xff'", "bytes(range(256))", "b'a' * 300"]
HASHABLE_LIBRARY = [
    "Fraction(1, 3)", "Fraction(-7, 2)", "Decimal('1.50')", "Decimal('-0')", "Decimal('1E+20')", "Decimal('0.1')", "datetime.date(2024, 2, 29)", "datetime.datetime(2024, 1, 31, 23, 59, 59, 999999)",
    "datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)", "datetime.timedelta(days=-1, microseconds=5)", "datetime.time(12, 30)", "datetime.timezone(datetime.timedelta(hours=5, minutes=30))", "range(5)", "range(10, 0, -3)", "range(0)", "range(2**40, 2**40 + 3)",
    "...", "int", "str", "None", "True", "False", "frozenset()", "()",
]
LIBRARY = [
    "Counter('abracadabra')", "Counter(a=0, b=-1)", "deque([1, 2, 3])", "deque([1, 2, 3], 2)", "defaultdict(int, {'a': 1})", "defaultdict(list)", "OrderedDict([('b', 1), ('a', 2)])", "array.array('i', [1, -2])", "array.array('d', [0.5])",
    "bytearray(b'xyz')", "memoryview(b'abc')", "slice(1, 10, 2)", "slice(None)", "{'b': 1, 'a': 2}.keys()", "{'b': 1, 'a': 2}.values()", "{'b': 1, 'a': 2}.items()", "types.SimpleNamespace(a=1, b=[2])",
    "re.match('(?P<x>a)(b)?', 'ac')", "re.compile('a+', re.I)", "collections.ChainMap({'a': 1}, {'b': 2})", "types.MappingProxyType({'a': 1})", "collections.UserDict(a=1)",
]


def scalar(draw, hashable=True):
    """An expression of a value without parts."""
    kinds = [(6, INTS), (5, FLOATS), (1, COMPLEX), (6, STRINGS), (2, BYTES), (4, HASHABLE_LIBRARY)]
    if not hashable:
        kinds.append((4, LIBRARY))
    return draw.one(draw.weighted(kinds))


def value(draw, depth=2, hashable=False):
    """An expression of any value."""
    if depth == 0 or draw.chance(0.25):
        return scalar(draw, hashable)
    items = [value(draw, depth - 1, hashable) for _ in range(draw.between(0, 3))]
    kinds = ["tuple", "frozenset"] if hashable else ["list", "list", "list", "tuple", "tuple", "dict", "dict", "set", "frozenset", "deque", "ordered", "default"]
    kind = draw.one(kinds)
    if kind in ("set", "frozenset"):
        # One element: the order of more would show in what a test sees.
        items = [scalar(draw)] if draw.chance(0.8) else []
        inner = "{%s}" % ", ".join(items) if items else "set()"
        return inner if kind == "set" else "frozenset(%s)" % inner
    if kind in ("dict", "ordered", "default"):
        pairs = ["%s: %s" % (draw.one([repr(name) for name in "abc"] + ["1", "(1, 2)", "None", "2.5", "b'k'"]), item) for item in items]
        inner = "{%s}" % ", ".join(pairs)
        return {"dict": inner, "ordered": "OrderedDict(%s)" % inner, "default": "defaultdict(list, %s)" % inner}[kind]
    inner = ", ".join(items)
    if kind == "tuple":
        return "(%s,)" % inner if items else "()"
    return {"list": "[%s]", "deque": "deque([%s])"}[kind] % inner


def plain(draw, depth=2):
    """An expression of JSON-like data: lists, dicts, numbers, text."""
    if depth == 0 or draw.chance(0.3):
        return draw.weighted([(4, str(draw.between(-9, 99))), (2, draw.one(FLOATS[2:9])), (4, draw.one(STRINGS[:12])), (1, "None"), (1, "True")])
    items = [plain(draw, depth - 1) for _ in range(draw.between(1, 3))]
    if draw.chance(0.6):
        return "[%s]" % ", ".join(items)
    return "{%s}" % ", ".join("%r: %s" % (name, item) for name, item in zip("abc", items))


def numbers(draw, least=0, most=6):
    """An expression of a list of small integers."""
    return repr([draw.between(-9, 20) for _ in range(draw.between(least, most))])


def words(draw, least=0, most=5):
    """An expression of a list of words."""
    return repr([draw.one("apple Banana kiwi fig cherry date égal straße 日本 x Zoo".split()) for _ in range(draw.between(least, most))])


_EXACT = (int, str, bytes, bytearray, bool, type(None), type(...), range, fractions.Fraction, decimal.Decimal)


def literal(found, depth=0):
    """`found` as an expression, or None where it has none that equals it."""
    t = type(found)
    if depth > 30:
        return None
    if t in _EXACT:
        text = repr(found)
        return text if len(text) < 4000 and text != "Ellipsis" else ("..." if found is ... else None)
    if t is float:
        if math.isnan(found):
            return None
        return "float('%r')" % found if math.isinf(found) else repr(found)
    if t is complex:
        parts = [literal(found.real), literal(found.imag)]
        return None if None in parts else "complex(%s, %s)" % tuple(parts)
    if t in (datetime.date, datetime.time, datetime.datetime, datetime.timedelta):
        return repr(found)
    if t in (list, tuple, set, frozenset, collections.deque):
        if t in (set, frozenset):
            items = sorted(found, key=lambda item: (type(item).__name__, repr(item)))
        else:
            items = list(found)
        parts = [literal(item, depth + 1) for item in items]
        if None in parts:
            return None
        inner = ", ".join(parts)
        if t is tuple:
            return "(%s,)" % inner if parts else "()"
        if t is list:
            return "[%s]" % inner
        return "%s([%s])" % (t.__name__, inner)
    if t in (dict, collections.Counter, collections.OrderedDict):
        parts = [(literal(key, depth + 1), literal(item, depth + 1)) for key, item in found.items()]
        if any(None in part for part in parts):
            return None
        inner = "{%s}" % ", ".join("%s: %s" % part for part in parts)
        return inner if t is dict else "%s(%s)" % (t.__name__, inner)
    return None


def readable(text):
    """Whether `text` is an expression."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True
