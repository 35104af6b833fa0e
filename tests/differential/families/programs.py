"""Small programs from a grammar of statements, and functions that people write."""

from draw import Family
import values


class _Writer:
    """Writes a function of `n` and `xs` that ends: loops are over ranges and lists, and what grows is cut."""

    def __init__(self, draw):
        self.draw = draw
        self.names = ["n"]
        self.lists = ["xs"]
        self.depth = 0

    def number(self, depth=2):
        draw = self.draw
        if depth == 0 or draw.chance(0.3):
            return draw.one(self.names + [str(draw.between(-2, 9))])
        kind = draw.below(8)
        if kind < 4:
            return "(%s %s %s)" % (self.number(depth - 1), draw.one(["+", "-", "*", "&", "|", "^"]), self.number(depth - 1))
        if kind == 4:
            return "(%s %s %d)" % (self.number(depth - 1), draw.one(["%", "//"]), draw.one([2, 3, 7, -3, 10**9 + 7]))
        if kind == 5:
            return "%s(%s)" % (draw.one(["len", "sum"]), draw.one(self.lists))
        if kind == 6:
            return "(%s if %s else %s)" % (self.number(depth - 1), self.condition(), self.number(depth - 1))
        return draw.one(["max(%s, default=0)", "min(%s, default=0)", "len(set(%s))", "%s.count(1)", "(%s or [0])[-1]", "sum(x * x for x in %s)", "len([x for x in %s if x > 0])"]) % draw.one(self.lists)

    def condition(self):
        draw = self.draw
        kind = draw.below(5)
        if kind < 2:
            return "%s %s %s" % (self.number(1), draw.one(["<", "<=", "==", "!=", ">"]), self.number(1))
        if kind == 2:
            return "%s in %s" % (self.number(0), draw.one(self.lists))
        if kind == 3:
            return "%s %% %d == %d" % (self.number(0), draw.one([2, 3]), draw.below(2))
        return "(%s) %s (%s)" % (self.condition(), draw.one(["and", "or"]), self.condition())

    def sequence(self):
        forms = [
            "[x for x in XS if x % 2]", "sorted(XS)", "XS[::-1]", "list(map(abs, XS))", "XS[1:]", "[NUMBER for x in XS][:20]", "XS[:5] + [n]", "list(dict.fromkeys(XS))", "[a + b for a, b in zip(XS, xs)]", "list(itertools.accumulate(XS))",
            "sorted(XS, key=lambda x: (x % 3, -x))", "[y for x in XS for y in (x, n)][:20]", "[-x for x in XS]", "list(reversed(XS))",
        ]
        return self.draw.one(forms).replace("XS", self.draw.one(self.lists)).replace("NUMBER", self.number(1))

    def block(self, indent, count):
        draw, lines = self.draw, []
        for _ in range(count):
            kind = draw.below(9)
            pad = "    " * indent
            if kind < 3:
                name = draw.one("abc")
                lines.append("%s%s = %s" % (pad, name, self.number()))
                if name not in self.names and indent == 1:
                    self.names.append(name)
                elif name not in self.names:
                    lines[-1] = "%sn = %s %% 1000003" % (pad, self.number())
            elif kind == 3:
                name = draw.one(["ys", "zs"])
                if indent == 1:
                    lines.append("%s%s = %s" % (pad, name, self.sequence()))
                    if name not in self.lists:
                        self.lists.append(name)
                else:
                    lines.append("%s%s.append(%s)" % (pad, draw.one(self.lists), self.number(1)))
            elif kind == 4 and indent < 3:
                lines.append("%sif %s:" % (pad, self.condition()))
                lines += self.block(indent + 1, 1 + draw.below(2))
                if draw.chance(0.5):
                    lines.append(pad + "else:")
                    lines += self.block(indent + 1, 1)
            elif kind == 5 and indent < 3:
                lines.append("%sfor i in %s:" % (pad, draw.one(["range(5)", "range(abs(n) % 7)", "list(xs)[:6]", "range(10, 0, -3)"])))
                self.names.append("i")
                lines += self.block(indent + 1, 1 + draw.below(2))
                self.names.remove("i")
                if draw.chance(0.2):
                    lines += ["%s    if i > 2: %s" % (pad, draw.one(["break", "continue"]))]
            elif kind == 6:
                lines.append("%sn %s %s" % (pad, draw.one(["+=", "-=", "^="]), self.number(1)))
            elif kind == 7:
                lines.append("%s%s.append(%s)" % (pad, draw.one(self.lists), self.number(1)))
            else:
                lines.append("%sn = n %% 1000003" % pad)
        return lines


def generated(draw):
    """A random function of a number and a list."""
    writer = _Writer(draw)
    body = writer.block(1, draw.between(3, 7))
    result = draw.one(["n", "xs", "[n, *xs]", "(n, xs)", "{'n': n, 'xs': xs}", writer.number(), "%s, n" % writer.lists[-1], "str(n)", "sum(xs) + n", "n / 7", "{x: n for x in xs}", "set(xs)"])
    reference = "import itertools\ndef f(n, xs):\n%s\n    return %s\n" % ("\n".join(body), result)
    scripts = []
    for _ in range(draw.between(2, 4)):
        call = "f(%d, %s)" % (draw.one([0, 1, 5, -3, 17, 10**9, 2**40]), values.numbers(draw))
        scripts.append(["? " + call])
    if draw.chance(0.4):
        scripts.append(["v = %s" % values.numbers(draw, 1), "r = f(3, v)", "? v", "? r"])
    return Family(reference, scripts)


#: (reference, other ways, calls)
WRITTEN = [
    ("def f(s):\n    return s == s[::-1]\n", ["def f(s):\n    return all(a == b for a, b in zip(s, reversed(s)))\n", "def f(s):\n    i, j = 0, len(s) - 1\n    while i < j:\n        if s[i] != s[j]: return False\n        i += 1; j -= 1\n    return True\n", "def f(s):\n    return s[0] == s[-1]\n", "def f(s):\n    return list(s) == list(reversed(s)) or None\n"], ["f('abba')", "f('ab')", "f('')", "f([1, 2, 1])"]),
    ("def f(xs):\n    return sorted(xs)\n", ["def f(xs):\n    xs.sort()\n    return xs\n", "def f(xs):\n    return list(sorted(xs))\n", "import heapq\ndef f(xs):\n    h = list(xs)\n    heapq.heapify(h)\n    return [heapq.heappop(h) for _ in range(len(h))]\n", "def f(xs):\n    if len(xs) < 2: return xs\n    p = xs[0]\n    return f([x for x in xs[1:] if x < p]) + [p] + f([x for x in xs[1:] if x >= p])\n", "def f(xs):\n    return xs.sort()\n", "def f(xs):\n    return sorted(set(xs))\n", "def f(xs):\n    out = []\n    for x in xs:\n        import bisect\n        bisect.insort(out, x)\n    return out\n"], ["f([3, 1, 2])", "f([])", "f([2, 2, 1])", "f(['b', 'A'])", "f([1.5, -1])", "f({3, 1})"]),
    ("def f(xs):\n    out = []\n    for x in xs:\n        if x not in out:\n            out.append(x)\n    return out\n", ["def f(xs):\n    return list(dict.fromkeys(xs))\n", "def f(xs):\n    return dict.fromkeys(xs).keys()\n", "def f(xs):\n    seen = set()\n    return [x for x in xs if not (x in seen or seen.add(x))]\n", "def f(xs):\n    return list(set(xs))\n"], ["f([1, 2, 1])", "f([])", "f(['a', 'b', 'a'])", "f([1, True, 1.0])", "list(f((3, 3)))"]),
    ("def f(words):\n    out = {}\n    for w in words:\n        out.setdefault(''.join(sorted(w)), []).append(w)\n    return list(out.values())\n", ["from collections import defaultdict\ndef f(words):\n    d = defaultdict(list)\n    for w in words:\n        d[tuple(sorted(w))].append(w)\n    return [*d.values()]\n", "from collections import defaultdict\ndef f(words):\n    d = defaultdict(list)\n    for w in words:\n        d[tuple(sorted(w))].append(w)\n    return d.values()\n", "import itertools\ndef f(words):\n    k = lambda w: sorted(w)\n    return [list(g) for _, g in itertools.groupby(sorted(words, key=k), k)]\n"], ["f(['eat', 'tea', 'tan'])", "f([])", "sorted(map(sorted, f(['ab', 'ba', 'c'])))", "len(f(['a', 'b']))"]),
    ("from collections import Counter\ndef f(xs):\n    return Counter(xs)\n", ["def f(xs):\n    d = {}\n    for x in xs:\n        d[x] = d.get(x, 0) + 1\n    return d\n", "from collections import defaultdict\ndef f(xs):\n    d = defaultdict(int)\n    for x in xs: d[x] += 1\n    return d\n", "def f(xs):\n    return {x: xs.count(x) for x in xs}\n", "def f(xs):\n    return dict(sorted((x, xs.count(x)) for x in set(xs)))\n"], ["f('abca')", "f([])", "f('aab')['a']", "f('aab')['zz']", "max(f('aab'), key=f('aab').get)", "dict(f('ab'))", "sorted(f('ba').items())"]),
    ("def f(m):\n    return [list(r) for r in zip(*m)]\n", ["def f(m):\n    return [[r[i] for r in m] for i in range(len(m[0]))] if m else []\n", "def f(m):\n    return list(zip(*m))\n", "def f(m):\n    return list(map(list, zip(*m)))\n", "def f(m):\n    return map(list, zip(*m))\n", "def f(m):\n    out = [[0] * len(m)] * len(m[0])\n    for i, r in enumerate(m):\n        for j, x in enumerate(r):\n            out[j][i] = x\n    return out\n"], ["f([[1, 2], [3, 4]])", "f([[1, 2, 3]])", "f([])", "[list(r) for r in f([[1], [2]])]", "sum(map(sum, f([[1, 2], [3, 4]])))"]),
    ("def f(xs):\n    return [y for x in xs for y in (f(x) if isinstance(x, list) else [x])]\n", ["def f(xs):\n    out = []\n    for x in xs:\n        out.extend(f(x)) if type(x) is list else out.append(x)\n    return out\n", "def f(xs):\n    for x in xs:\n        if isinstance(x, list):\n            yield from f(x)\n        else:\n            yield x\n", "def f(xs):\n    return sum(([x] if not isinstance(x, list) else f(x) for x in xs), [])\n", "def f(xs):\n    stack, out = list(xs), []\n    while stack:\n        x = stack.pop(0)\n        if isinstance(x, (list, tuple)):\n            stack = list(x) + stack\n        else:\n            out.append(x)\n    return out\n"], ["f([1, [2, [3]]])", "list(f([[], [1]]))", "f([])", "f([(1, 2), [3]])", "len(f([[1, 2]]))", "f(['a', ['b']])"]),
    ("def f(a, b):\n    return set(a) & set(b)\n", ["def f(a, b):\n    return {x for x in a if x in b}\n", "def f(a, b):\n    return frozenset(a) & frozenset(b)\n", "def f(a, b):\n    return set(a).intersection(b)\n", "def f(a, b):\n    return sorted(set(a) & set(b))\n", "def f(a, b):\n    return dict.fromkeys(a).keys() & dict.fromkeys(b).keys()\n"], ["f([1, 2], [2, 3])", "f('ab', 'cd')", "len(f([1], [1]))", "sorted(f('abc', 'cab'))", "f([1], [1]) == {1}", "2 in f([2], [2])"]),
    ("def f(n):\n    rows = [[1]]\n    for _ in range(n - 1):\n        r = rows[-1]\n        rows.append([1, *map(sum, zip(r, r[1:])), 1])\n    return rows\n", ["import math\ndef f(n):\n    return [[math.comb(i, j) for j in range(i + 1)] for i in range(n)]\n", "def f(n):\n    if n == 1: return [[1]]\n    rows = f(n - 1)\n    r = rows[-1]\n    return rows + [[1] + [a + b for a, b in zip(r, r[1:])] + [1]]\n", "def f(n):\n    rows = [[1]]\n    for _ in range(n):\n        r = rows[-1]\n        rows.append([1, *map(sum, zip(r, r[1:])), 1])\n    return rows\n"], ["f(1)", "f(5)", "f(4)[-1]", "sum(f(6)[5])", "[max(r) for r in f(5)]"]),
    ("def f(s):\n    stack = []\n    for c in s:\n        if c in '([{':\n            stack.append(c)\n        elif not stack or stack.pop() + c not in ('()', '[]', '{}'):\n            return False\n    return not stack\n", ["def f(s):\n    while any(p in s for p in ('()', '[]', '{}')):\n        for p in ('()', '[]', '{}'):\n            s = s.replace(p, '')\n    return s == ''\n", "def f(s):\n    return all(s.count(a) == s.count(b) for a, b in ('()', '[]', '{}'))\n"], ["f('([]{})')", "f('([)]')", "f('')", "f('(')", "f(')')"]),
    ("def f(points):\n    return max(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a in points for b in points)\n", ["import math, itertools\ndef f(points):\n    return max((math.dist(a, b) for a, b in itertools.combinations(points, 2)), default=0.0)\n", "import math\ndef f(points):\n    return max(math.hypot(a[0] - b[0], a[1] - b[1]) for a in points for b in points)\n", "def f(points):\n    return max(abs(complex(*a) - complex(*b)) for a in points for b in points)\n"], ["f([(0, 0), (3, 4)])", "abs(f([(0, 0), (1, 1)]) - 2 ** 0.5) < 1e-9", "f([(1, 2)])", "round(f([(0, 0), (1, 2), (5, 5)]), 4)"]),
    ("def f(n):\n    out, d = [], 2\n    while n > 1:\n        while n % d == 0:\n            out.append(d)\n            n //= d\n        d += 1\n    return out\n", ["def f(n):\n    for d in range(2, n + 1):\n        if n % d == 0:\n            return [d] + f(n // d)\n    return []\n", "def f(n):\n    d = 2\n    while n > 1:\n        if n % d:\n            d += 1\n        else:\n            yield d\n            n //= d\n", "def f(n):\n    return sorted({d for d in range(2, n + 1) if n % d == 0})\n"], ["f(60)", "f(1)", "f(97)", "list(f(2 ** 10))", "sum(f(30))", "len(f(64))"]),
]


def written(draw):
    """Functions as people write them, one way and another."""
    reference, others, calls = draw.one(WRITTEN)
    chosen = draw.some(calls, draw.between(2, 5))
    scripts = [["? " + call] for call in chosen]
    if draw.chance(0.4):
        cases = [call for call in chosen if call.startswith("f(") and call.endswith(")") and call.count("f(") == 1]
        if cases:
            scripts.append(["cases = [lambda: %s]" % ", lambda: ".join(cases), "? [case() for case in cases]"])
    return Family(reference, scripts, [("other way", other) for other in others])


FAMILIES = [(14, generated), (12, written)]
