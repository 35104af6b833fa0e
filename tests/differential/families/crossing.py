"""Values of every kind, out of a candidate and into it and back."""

import re

from draw import Family
from script import namespace_of, observed
import values


def returned(draw):
    """Several values by number, each looked at from several sides."""
    count = draw.between(2, 4)
    expressions = [values.value(draw, draw.between(0, 3)) for _ in range(count)]
    style = draw.below(3)
    if style == 0:
        body = "".join("    if k == %d:\n        return %s\n" % pair for pair in enumerate(expressions))
    elif style == 1:
        body = "    return [%s][k]\n" % ", ".join("lambda: %s" % e for e in expressions) if draw.chance(0.5) else "    return {%s}[k]\n" % ", ".join("%d: %s" % pair for pair in enumerate(expressions))
        body = body.replace("][k]", "][k]()") if "lambda" in body else body
    else:
        body = "    found = (%s,)\n    return found[k]\n" % ", ".join(expressions)
    reference = values.IMPORTS + "def f(k):\n" + body
    namespace = namespace_of(reference)
    exec(values.IMPORTS, namespace)
    scripts = [observed(draw, "f(%d)" % k, namespace) for k in range(count)]
    for script, expression in zip(scripts, expressions):
        if draw.chance(0.5):
            script.append("? f(%d) == %s" % (expressions.index(expression), expression))
    return Family(reference, scripts)


ECHOES = [
    "x", "(x, x)", "[x, x]", "{'k': x}", "[[x], (x,)]", "x if x else None", "copy.copy(x)", "copy.deepcopy(x)", "type(x).__name__", "repr(x)", "str(x)", "x == x", "bool(x)", "[x] * 3", "isinstance(x, (int, str, list, tuple, dict))", "deque([x])", "(y for y in [x])",
    "pickle.loads(pickle.dumps(x))", "{'a': [x], 'b': (x, None)}", "types.SimpleNamespace(v=x).v", "len(repr(x))", "[type(y).__name__ for y in x]", "list(x)", "[y for y in x]", "x is x", "hash(x) == hash(x)", "lambda: x", "sorted([x, x], key=repr)", "Counter([repr(x)])", "dict(k=x)", "functools.partial(lambda y: y, x)()",
]


def echoed(draw):
    """Arguments of every kind, given back as they are or inside something."""
    echo, named = draw.one(ECHOES), draw.below(4)
    signature, call = [("x", "f(%s)"), ("*a", "f(%s, 0)"), ("*, x", "f(x=%s)"), ("a, x=None, **k", "f(0, %s, z=1)")][named]
    body = "    x = a[0]\n" if signature == "*a" else ""
    reference = values.IMPORTS + "def f(%s):\n%s    return %s\n" % (signature, body, echo)
    namespace = namespace_of(reference)
    scripts = []
    for _ in range(draw.between(2, 4)):
        expression = values.value(draw, draw.between(0, 3))
        scripts.append(observed(draw, call % expression, namespace, 2) + ["? %s" % (call % expression)])
        if draw.chance(0.4):
            scripts.append(["v = " + expression, "r = " + call % "v", "? r is v", "? r == v", "? type(r) is type(v)"])
    return Family(reference, scripts)


SUBCLASSES = [
    ("class N(int):\n    pass\n", "N(%d)", "int"), ("class N(int):\n    def __new__(cls, v):\n        return super().__new__(cls, v)\n    def half(self):\n        return N(self // 2)\n", "N(%d)", "int"), ("class N(float):\n    pass\n", "N(%d)", "float"),
    ("class N(str):\n    pass\n", "N('w%d')", "str"), ("class N(str):\n    def shout(self):\n        return self.upper() + '!'\n", "N('w%d')", "str"), ("class N(list):\n    pass\n", "N([%d, 2])", "list"),
    ("class N(list):\n    def first(self):\n        return self[0]\n", "N([%d, 2])", "list"), ("class N(dict):\n    pass\n", "N(a=%d)", "dict"), ("class N(dict):\n    def __missing__(self, k):\n        return k\n", "N(a=%d)", "dict"), ("class N(tuple):\n    pass\n", "N((%d, 2))", "tuple"), ("class N(set):\n    pass\n", "N({%d})", "set"),
    ("class N(frozenset):\n    pass\n", "N({%d})", "frozenset"), ("class N(bytes):\n    pass\n", "N(b'%d')", "bytes"), ("class N(enum.IntEnum):\n    A = 1\n    B = 2\n", "N(1 + %d %% 2)", "int"), ("class N(enum.IntFlag):\n    A = 1\n    B = 2\n", "N(%d %% 4)", "int"), ("class N(enum.StrEnum):\n    A = 'w1'\n    B = 'w2'\n", "N('w%%d' %% (1 + %d %% 2))", "str"),
    ("class N(str, enum.Enum):\n    A = 'w1'\n    B = 'w2'\n", "N('w%%d' %% (1 + %d %% 2))", "str"), ("class N(collections.OrderedDict):\n    pass\n", "N(a=%d)", "dict"), ("class N(collections.Counter):\n    pass\n", "N(a=%d)", "dict"), ("class N(collections.defaultdict):\n    pass\n", "N(int, a=%d)", "dict"),
    ("N = collections.namedtuple('N', 'x y')\n", "N(%d, [1])", "tuple"), ("class N(typing.NamedTuple):\n    x: int\n    y: str = 'd'\n    def total(self):\n        return self.x * 2\n", "N(%d)", "tuple"), ("class N(collections.deque):\n    pass\n", "N([%d])", "deque"), ("class N(Fraction):\n    pass\n", "N(%d, 3)", "Fraction"),
    ("class N(Decimal):\n    pass\n", "N('%d.5')", "Decimal"), ("class N(datetime.date):\n    pass\n", "N(2024, 1, 1 + %d %% 28)", "datetime.date"), ("class N(bytearray):\n    pass\n", "N(b'%d')", "bytearray"),
]
AROUND = ["_", "_", "_", "[_, _]", "(_,)", "{'k': _}", "[[_]]", "{1: [_, None]}", "sorted([_, _])", "max(_, _)"]


def subclassed(draw):
    """Instances of classes that derive from plain ones."""
    definition, make, base = draw.one(SUBCLASSES)
    n = draw.between(1, 40)
    around = draw.one(AROUND)
    expression = around.replace("_", make % n)
    reference = values.IMPORTS + definition + "def f(n):\n    return %s\n" % around.replace("_", make.replace("%d", "{n}").replace("%%", "%").replace("{n}", "n") if "'" not in make else make % n)
    namespace = namespace_of(reference)
    scripts = [observed(draw, "f(%d)" % n, namespace, 3) for _ in range(draw.between(1, 3))]
    plain = values.IMPORTS + re.sub(r"\bN\b", "M", definition) + "def f(n):\n    return %s\n" % around.replace("_", "%s(%s)" % (base, make % n)).replace("N(", "M(")
    others = [("base class", plain)]
    if draw.chance(0.5):
        scripts.append(["? f(%d) == %s" % (n, expression)])
        if draw.chance(0.5):
            scripts.append(["? isinstance(f(%d), N)" % n])
    elif draw.chance(0.5):
        # The reference gives plain data, a candidate's instance of a subclass equals it.
        others = [("subclass", reference)]
        reference = plain
        scripts = [["? f(%d)" % n], ["? f(%d)" % n, "? [f(%d)]" % n], ["? f(%d) == f(%d)" % (n, n)]]
    return Family(reference, scripts, others)


def deep(draw):
    """Nested deep, long, or both."""
    n = draw.one([50, 150, 399, 401, 450, 700, 900])
    kind, peel = draw.one([("[x]", "x[0]"), ("(x,)", "x[0]"), ("{'k': x}", "x['k']"), ("[x, x]", "x[1]"), ("[[x]]", "x[0][0]"), ("{1: [x]}", "x[1][0]"), ("deque([x])", "x[0]")])
    reference = values.IMPORTS + "def f(n):\n    x = 0\n    for _ in range(n):\n        x = %s\n    return x\n" % kind
    if kind == "[x, x]":
        n = min(n, 50)  # Two to the power of that, as a tree.
    walk = "def depth(x):\n    n = 0\n    while x != 0 if type(x) is int else True:\n        x = %s\n        n += 1\n    return n" % peel
    scripts = [[walk, "? depth(f(%d))" % n], ["a, b = f(%d), f(%d)" % (n // 8, n // 8), "? a == b" if kind != "[x, x]" else "? len(a) == len(b)"]]
    if draw.chance(0.3):
        scripts = [["x = [0] * %d" % draw.one([1000, 100000, 300000]), "? len(x)"], ["g = f(3)", "? repr(g)"]]
    wrong = reference.replace("range(n)", "range(n + 1)")
    return Family(reference, scripts, [("one more", wrong)], mutate=False)


def unpacked(draw):
    """Several values at once, taken apart by the test."""
    parts = [values.value(draw, 1) for _ in range(draw.between(2, 4))]
    names = "abcd"[: len(parts)]
    reference = values.IMPORTS + "def f():\n    return %s\n" % ", ".join(parts)
    script = ["%s = f()" % ", ".join(names)] + ["? %s" % name for name in names]
    star = ["%s, *z = f()" % names[0], "? z", "? len(z)"]
    return Family(reference, draw.shuffled([script, star, ["for i, v in enumerate(f()):\n    pass", "? i", "? v"], ["? len(f())", "? f()[0]"]])[:3])


FAMILIES = [(10, returned), (10, echoed), (10, subclassed), (2, deep), (4, unpacked)]
