"""Numbers at every edge: arithmetic, comparisons, rounding, formatting and the numeric library."""

from draw import Family
from script import namespace_of, observed
import values

_BINARY = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", ">", "&", "|", "^", "<<", ">>"]
_UNARY = ["-{}", "+{}", "abs({})", "~{}", "not {}", "int({})", "float({})", "bool({})", "round({})", "round({}, 2)", "round({}, -1)", "str({})", "repr({})", "complex({})", "math.floor({})", "math.ceil({})", "math.trunc({})", "math.sqrt({})", "math.isqrt({})", "math.isnan({})", "math.isinf({})", "math.frexp({})", "math.modf({})", "hash({}) == hash({})", "format({}, '.3f')", "format({}, 'e')", "format({}, ',')", "format({}, 'x')", "'%.2f' % {}", "'%d' % {}", "'%g' % {}", "({}).is_integer()", "({}).bit_length()", "({}).bit_count()", "({}).as_integer_ratio()", "({}).hex()", "Fraction({})", "Decimal({})", "math.ulp({})", "math.nextafter({}, 1e9)", "math.fabs({})", "divmod({}, 7)", "pow({}, 3, 1000)", "bin({})", "oct({})", "hex({})", "({}).conjugate()", "math.log2({})", "json.dumps({})", "json.loads(json.dumps({}))", "list(str({}))", "sum(map(int, str({})))", "int(str({})[::-1])", "({}).to_bytes(40, 'big', signed=True)", "math.copysign(1, {})", "math.degrees({})", "len(range({}))", "range({})[-1]"]
_PAIR = ["math.gcd({}, {})", "math.lcm({}, {})", "math.comb({}, {})", "max({}, {})", "min({}, {})", "divmod({}, {})", "pow({}, {})", "math.fmod({}, {})", "math.remainder({}, {})", "math.hypot({}, {})", "math.isclose({}, {})", "math.copysign({}, {})", "math.fsum([{}, {}])", "sum([{}, {}])", "math.prod([{}, {}])", "math.ldexp({}, {})", "round({}, {})", "sorted([{}, {}])", "[{}, {}].index(0)", "operator.index({}) + {}", "complex({}, {})", "Fraction({}, {})", "{} in range({})", "int(str({}), {})", "math.dist([{}], [{}])", "math.nextafter({}, {})", "math.perm({}, {})", "({}).__add__({})", "math.sumprod([{}], [{}])", "statistics_mean([{}, {}])"]
EDGES = values.INTS + values.FLOATS + ["True", "Fraction(1, 3)", "Decimal('1.1')", "0.5", "1.5", "-2.5", "3.7", "-3.7", "10", "100", "1e100", "float('nan')", "2**1000", "-7", "1.005", "2.675", "1e15", "123456789", "0.1 + 0.7", "1e-320", "9007199254740993", "2j"]


def _expression(draw, depth):
    if depth == 0:
        return draw.one(["a", "b", "a", "b", str(draw.between(-3, 9)), draw.one(EDGES[:30])])
    kind = draw.below(10)
    if kind < 6:
        return "(%s %s %s)" % (_expression(draw, depth - 1), draw.weighted([(8 if op in "+-*/" else 2, op) for op in _BINARY if op not in ("**", "<<")]), _expression(draw, depth - 1))
    if kind < 8:
        form = draw.one(_UNARY[:12])
        inner = _expression(draw, depth - 1)
        return form.replace("{}", inner)
    if kind == 8:
        return "%s(%s, %s)" % (draw.one(["max", "min"]), _expression(draw, depth - 1), _expression(draw, depth - 1))
    return "(%s if %s else %s)" % tuple(_expression(draw, depth - 1) for _ in range(3))


def arithmetic(draw):
    """An expression of two numbers, at edges."""
    reference = values.IMPORTS + "def f(a, b):\n    return %s\n" % _expression(draw, draw.between(1, 3))
    scripts = _edges(draw, reference, 2)
    return Family(reference, scripts)


def _edges(draw, reference, arguments):
    namespace = namespace_of(reference)
    exec(values.IMPORTS, namespace)
    scripts = []
    for _ in range(draw.between(3, 5)):
        call = "f(%s)" % ", ".join(draw.one(EDGES) for _ in range(arguments))
        try:
            found = eval(call, namespace)
        except Exception:
            found = None
        if type(found) is int and abs(found) > 10**3000:
            continue
        scripts.append(observed(draw, call, namespace, draw.between(1, 2)) if draw.chance(0.6) else ["? " + call])
    return scripts or [["? 1"]]


def library(draw):
    """One function of numbers, at edges."""
    pair = draw.chance(0.35)
    form = draw.one(_PAIR if pair else _UNARY)
    text = form.replace("{}", "a", 1).replace("{}", "b" if pair else "a")
    if "statistics_mean" in text:
        text = text.replace("statistics_mean", "__import__('statistics').mean")
    reference = values.IMPORTS + "def f(a, b=1):\n    return %s\n" % text
    return Family(reference, _edges(draw, reference, 2 if pair else 1))


#: Exact mathematics that people write: (reference, other ways, calls).
WRITTEN = [
    ("def f(n):\n    return n > 1 and all(n % i for i in range(2, int(n ** 0.5) + 1))\n", ["def f(n):\n    if n < 2: return False\n    i = 2\n    while i * i <= n:\n        if n % i == 0: return False\n        i += 1\n    return True\n", "def f(n):\n    return n > 1 and all(n % i for i in range(2, int(n ** 0.5)))\n", "import math\ndef f(n):\n    return n > 1 and not any(n % i == 0 for i in range(2, math.isqrt(n) + 1))\n"], ["f({n})" , "f({p})"]),
    ("def f(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n", ["import math\ndef f(a, b):\n    return math.gcd(a, b)\n", "def f(a, b):\n    return a if b == 0 else f(b, a % b)\n", "from fractions import gcd\ndef f(a, b):\n    return gcd(a, b)\n"], ["f({n}, {p})", "f(2**70, 2**33 * 3)", "f(0, {n})"]),
    ("def f(n):\n    r = 1\n    for i in range(2, n + 1):\n        r *= i\n    return r\n", ["import math\ndef f(n):\n    return math.factorial(n)\n", "def f(n):\n    return 1 if n < 2 else n * f(n - 1)\n", "import functools, operator\ndef f(n):\n    return functools.reduce(operator.mul, range(1, n + 1), 1)\n", "import math\ndef f(n):\n    return math.gamma(n + 1)\n"], ["f({p})", "f(25)", "f(0)", "f(60)"]),
    ("def f(x):\n    return round(x, 2)\n", ["def f(x):\n    return float('%.2f' % x)\n", "def f(x):\n    return int(x * 100 + 0.5) / 100\n", "from decimal import Decimal, ROUND_HALF_UP\ndef f(x):\n    return float(Decimal(str(x)).quantize(Decimal('0.01'), ROUND_HALF_UP))\n", "def f(x):\n    return float(f'{x:.2f}')\n"], ["f(2.675)", "f(1.005)", "f(-0.125)", "f({n} / 7)", "f(1e20)"]),
    ("def f(xs):\n    return sum(xs) / len(xs)\n", ["import statistics\ndef f(xs):\n    return statistics.mean(xs)\n", "import statistics\ndef f(xs):\n    return statistics.fmean(xs)\n", "def f(xs):\n    t = 0\n    for x in xs: t += x\n    return t / len(xs)\n", "def f(xs):\n    return sum(xs) // len(xs)\n"], ["f([1, 2, 4])", "f([{n}, {p}])", "f([0.5, 1.25])", "f([])", "f([True, False])"]),
    ("import math\ndef f(a, b, c):\n    d = b * b - 4 * a * c\n    if d < 0: return None\n    s = math.sqrt(d)\n    return ((-b - s) / (2 * a), (-b + s) / (2 * a))\n", ["import cmath\ndef f(a, b, c):\n    d = b * b - 4 * a * c\n    if d < 0: return None\n    s = cmath.sqrt(d).real\n    return ((-b - s) / 2 / a, (-b + s) / 2 / a)\n", "def f(a, b, c):\n    d = (b ** 2 - 4 * a * c) ** 0.5\n    return ((-b - d) / (2 * a), (-b + d) / (2 * a))\n"], ["f(1, -3, 2)", "f(1, 0, 1)", "f(1, {n}, 3)", "f(2, -4, 2)"]),
    ("def f(n, b):\n    s = ''\n    while n:\n        n, r = divmod(n, b)\n        s = '0123456789abcdef'[r] + s\n    return s or '0'\n", ["def f(n, b):\n    return {2: format(n, 'b'), 8: format(n, 'o'), 16: format(n, 'x'), 10: str(n)}[b]\n", "def f(n, b):\n    if n < b: return '0123456789abcdef'[n]\n    return f(n // b, b) + f(n % b, b)\n"], ["f({n}, 2)", "f({n}, 16)", "f(2**64 - 1, 16)", "f(0, 2)"]),
    ("import math\ndef f(x):\n    return math.{name}(x)\n", ["from math import {name}\ndef f(x):\n    return {name}(x)\n", "import cmath\ndef f(x):\n    return cmath.{name}(x).real\n"], ["abs(f(0.5) - f(0.5)) < 1e-9", "round(f(0.7), 6)", "f(0.3)", "f(1)", "f(0)", "f(0.{n})"]),
    ("def f(xs):\n    best = float('inf')\n    for x in xs:\n        if x < best:\n            best = x\n    return best\n", ["import sys\ndef f(xs):\n    best = sys.maxsize\n    for x in xs:\n        best = min(best, x)\n    return best\n", "import math\ndef f(xs):\n    return min(xs, default=math.inf)\n", "def f(xs):\n    best = 10**9\n    for x in xs:\n        best = x if x < best else best\n    return best\n"], ["f([5000000000, 7000000000])", "f([{n}, {p}])", "f([1.5])", "f([2**62])"]),
    ("def f(n):\n    return bin(n).count('1')\n", ["def f(n):\n    return n.bit_count()\n", "def f(n):\n    c = 0\n    while n:\n        n &= n - 1\n        c += 1\n    return c\n", "def f(n):\n    return sum(map(int, format(n, 'b')))\n"], ["f({n})", "f(2**70 - 1)", "f(0)"]),
    ("def f(n):\n    return int(n ** 0.5) ** 2 == n\n", ["import math\ndef f(n):\n    return math.isqrt(n) ** 2 == n\n", "def f(n):\n    return any(i * i == n for i in range(n + 1))\n", "def f(n):\n    return (n ** 0.5).is_integer()\n"], ["f({n})", "f(49)", "f(1)", "f(0)", "f(144)"]),
]


def written(draw):
    reference, others, calls = draw.one(WRITTEN)
    fill = {"n": str(draw.between(2, 99)), "p": str(draw.one([7, 11, 12, 17])), "name": draw.one(["sin", "cos", "tan", "exp", "log1p", "atan", "sinh", "asin", "tanh", "cbrt", "expm1", "acos", "log2", "log10", "erf", "gamma", "sqrt", "exp2", "lgamma", "asinh"])}
    if "{name}" in reference:
        if fill["name"] in ("log2", "log10"):
            calls = [call for call in calls if call != "f(0)"]
        reference, others = reference.replace("{name}", fill["name"]), [other.replace("{name}", fill["name"]) for other in others]
    scripts = [["? " + call.replace("{n}", fill["n"]).replace("{p}", fill["p"])] for call in draw.some(calls, draw.between(2, 4))]
    return Family(reference, scripts, [("other way", other) for other in others])


FAMILIES = [(10, arithmetic), (8, library), (6, written)]
