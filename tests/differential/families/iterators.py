"""Iterators of every kind, given out and taken in: lazy, endless, raising late, read halfway."""

from draw import Family
import values

_HEAD = values.IMPORTS
#: Ways to give out the squares below n, one by one or as a whole.
FINITE = [
    "    for i in range(n):\n        yield i * i\n", "    return (i * i for i in range(n))\n", "    return map(lambda i: i * i, range(n))\n", "    return iter([i * i for i in range(n)])\n", "    return [i * i for i in range(n)]\n", "    return filter(lambda x: True, [i * i for i in range(n)])\n",
    "    return itertools.islice((i * i for i in itertools.count()), n)\n", "    return itertools.chain([i * i for i in range(n - 1)], [(n - 1) * (n - 1)])\n", "    return itertools.starmap(operator.mul, zip(range(n), range(n)))\n", "    return itertools.takewhile(lambda x: x < n * n, (i * i for i in itertools.count()))\n",
    "    return reversed([i * i for i in reversed(range(n))])\n", "    left = iter(range(n))\n    def more():\n        i = next(left, None)\n        return None if i is None else i * i\n    return iter(more, None)\n", "    return (int(m.group()) ** 2 for m in re.finditer('[0-9]+', ' '.join(map(str, range(n)))))\n",
    "    return itertools.accumulate([0] + [2 * i + 1 for i in range(n - 1)])\n", "    return Squares(n)\n", "    return iter(Squares(n))\n", "    return tuple(i * i for i in range(n))\n", "    return deque(i * i for i in range(n))\n", "    return dict.fromkeys(i * i for i in range(n)).keys()\n", "    return {i: i * i for i in range(n)}.values()\n",
    "    yield from (i * i for i in range(n))\n", "    try:\n        for i in range(n):\n            yield i * i\n    finally:\n        log.append('closed')\n", "    return itertools.compress((i * i for i in range(n)), itertools.repeat(True))\n", "    return (a for a, _ in itertools.groupby(i * i for i in range(n)))\n", "    return itertools.dropwhile(lambda x: x < 0, [i * i for i in range(n)])\n", "    return range(0) if n == 0 else array.array('i', [i * i for i in range(n)])\n",
    "    return itertools.tee(i * i for i in range(n))[1]\n", "    return (x for x in Squares(n))\n", "    return [i * i for i in range(n)].__iter__()\n", "    return next(iter([map(pow, range(n), itertools.repeat(2))]))\n",
]
_CLASS = "log = []\nclass Squares:\n    def __init__(self, n):\n        self.i, self.n = 0, n\n    def __iter__(self):\n        return self\n    def __next__(self):\n        if self.i >= self.n:\n            raise StopIteration\n        self.i += 1\n        return (self.i - 1) ** 2\n"
CONSUME = [
    ["? list(f({n}))"], ["? sum(f({n}))"], ["? tuple(f({n}))"], ["? sorted(f({n}), reverse=True)"], ["? max(f({n}))"], ["? 4 in f({n})"], ["? [x + 1 for x in f({n})]"], ["a, b, *c = f({n})", "? a", "? c"], ["? dict(enumerate(f({n})))"], ["? list(zip(f({n}), 'abc'))"], ["? list(zip(f({n}), f({n})))"],
    ["total = 0", "for x in f({n}):\n    total += x\n    if total > 3: break", "? total"], ["? all(x >= 0 for x in f({n}))"], ["? any(x > 3 for x in f({n}))"], ["? list(map(str, f({n})))"], ["? list(filter(None, f({n})))"], ["? list(itertools.islice(f({n}), 2))"], ["? ' '.join(map(str, f({n})))"], ["? [*f({n}), *f(2)]"], ["? set(f({n}))"],
    ["? functools.reduce(operator.add, f({n}), 0)"], ["? list(itertools.chain(f({n}), [5]))"], ["? sum(1 for _ in f({n}))"], ["? (lambda *a: a)(*f({n}))"], ["x = [7]", "x.extend(f({n}))", "? x"], ["x = [7]", "x += f({n})", "? x"], ["x = [1, 2, 3]", "x[1:2] = f({n})", "? x"], ["? list(reversed(list(f({n}))))"], ["? collections.Counter(f({n}))"], ["? min(f({n}), default=-1)"], ["? all(a == b for a, b in zip(f({n}), [i * i for i in range({n})]))"],
    ["? list(f({n})) == [i * i for i in range({n})]"], ["? bytes(f({n}))"], ["? deque(f({n}), maxlen=2)"], ["for i, x in enumerate(f({n})):\n    assert x == i * i", "? i"], ["? math.prod(f({n}))"], ["? list(itertools.accumulate(f({n})))"], ["? ({{x for x in f({n})}})"], ["? frozenset(f({n}))"],
]
STEPPED = [
    ["g = f({n})", "? next(g)", "? next(g)", "? list(g)", "? list(g)", "? next(g, 'end')"], ["g = f({n})", "? iter(g) is g", "? next(g)"], ["g, h = f({n}), f({n})", "? [next(g), next(h), next(g), next(h)]"], ["g = f({n})", "? list(itertools.islice(g, 1))", "? list(g)"], ["g = f({n})", "? 1 in g", "? list(g)"],
    ["g = f({n})", "for x in g:\n    break", "? x", "? sum(g)"], ["g = iter(f({n}))", "? next(g)", "? [x for x in g]"], ["g = iter(f({n}))", "? list(zip(g, g))"], ["g = f(1)", "? next(g)", "try:\n    next(g)\nexcept StopIteration:\n    done = True\nelse:\n    done = False", "? done"], ["g = f({n})", "? hasattr(g, '__next__')"], ["a, b = itertools.tee(f({n}))", "? next(a)", "? list(b)", "? list(a)"],
    ["g = f({n})", "h = g", "? next(g)", "? next(h)"], ["? isinstance(f({n}), collections.abc.Iterator)"], ["g = f({n})", "? next(g)", "del g"],
]


def finite(draw):
    """Sequences given out in many ways."""
    n = draw.between(3, 6)
    ways = draw.shuffled(FINITE)[:4]
    stepped = draw.chance(0.4)
    if stepped:
        ways.sort(key=lambda way: "yield" not in way and "return (" not in way and "map(" not in way)
    scripts = [[line.format(n=n) for line in script] for script in (draw.some(STEPPED, 2) if stepped else draw.some(CONSUME, 3))]
    make = lambda way: _HEAD + _CLASS + "def f(n):\n" + way
    return Family(make(ways[0]), scripts, [("other way", make(way)) for way in ways[1:]])


ENDLESS = ["    i = 0\n    while True:\n        yield i\n        i += 1\n", "    return itertools.count()\n", "    return itertools.count(0)\n", "    return iter(Forever())\n", "    return Forever()\n", "    return (i for i in itertools.count())\n", "    return map(int, itertools.count())\n", "    return filter(lambda i: i >= 0, itertools.count())\n", "    return itertools.chain([0], itertools.count(1))\n",
           "    c = itertools.count()\n    return iter(lambda: next(c), -1)\n", "    return itertools.accumulate(itertools.chain([0], itertools.repeat(1)))\n", "    return iter(range(10**7))\n", "    return itertools.islice(itertools.count(), 10**6)\n", "    return (a for a, b in zip(itertools.count(), itertools.repeat(0)))\n", "    for i in range(9):\n        yield i\n    raise ValueError('late')\n", "    yield from range(3000000)\n"]
_FOREVER = "class Forever:\n    def __init__(self):\n        self.i = -1\n    def __iter__(self):\n        return self\n    def __next__(self):\n        self.i += 1\n        return self.i\n"
HEADS = [["g = f()", "? [next(g) for _ in range(5)]"], ["? list(itertools.islice(f(), 4))"], ["? list(zip(f(), 'abcd'))"], ["? list(zip('abcd', f()))"], ["for x in f():\n    if x > 5: break", "? x"], ["? list(itertools.takewhile(lambda x: x < 4, f()))"], ["? next(x for x in f() if x > 3)"], ["g = f()", "next(g)", "? next(g)", "? next(g) + next(g)"], ["? any(x == 5 for x in f())"], ["? 5 in f()"],
         ["g = f()", "h = f()", "next(g)", "? (next(g), next(h))"], ["? dict(zip('ab', f()))"], ["? next(iter(f()))"], ["? list(map(lambda a, b: a * b, f(), [3, 4]))"], ["g = enumerate(f())", "? next(g)", "? next(g)"], ["? all(a == b for a, b in zip(f(), range(6)))"]]


def endless(draw):
    ways = draw.shuffled(ENDLESS)[:4]
    make = lambda way: _HEAD + _FOREVER + "def f():\n" + way
    return Family(make(ways[0]), draw.some(HEADS, 3), [("other way", make(way)) for way in ways[1:]] + [("off by one", make(ways[0]).replace("def f", "def g") + "def f():\n    h = g()\n    next(h)\n    return h\n")], mutate=False)


#: (reference, other ways, scripts) of iterators whose items, end or errors matter.
LATE = [
    ("def f(n):\n    for i in range(n):\n        yield i\n    raise KeyError('late')\n", ["def f(n):\n    def g():\n        yield from range(n)\n        raise KeyError('late')\n    return g()\n", "def f(n):\n    raise KeyError('late')\n", "def f(n):\n    yield from range(n)\n"], [["g = f(2)", "? next(g)", "? next(g)", "? next(g)"], ["g = f(2)", "got = []", "try:\n    for x in g: got.append(x)\nexcept KeyError as e:\n    got.append(e.args)", "? got"], ["? list(f(3))"], ["? list(zip(range(2), f(3)))"]]),
    ("def f():\n    got = yield 1\n    while got:\n        got = yield got * 2\n    return 'done'\n", ["def f():\n    x = 1\n    while True:\n        x = yield x\n        if not x:\n            return 'done'\n        x = x + x\n", "def f():\n    x = yield 1\n    yield x\n"], [["g = f()", "? next(g)", "? g.send(5)", "? g.send(7)"], ["g = f()", "next(g)", "try:\n    g.send(0)\nexcept StopIteration as e:\n    end = e.value", "? end"], ["g = f()", "next(g)", "g.close()", "? next(g, 'closed')"], ["g = f()", "next(g)", "? g.throw(ValueError('in'))"]]),
    ("import re\ndef f(s):\n    return re.finditer('[a-z]+', s)\n", ["import re\ndef f(s):\n    for m in re.finditer('[a-z]+', s):\n        yield m\n", "import re\ndef f(s):\n    return iter([re.match('[a-z]+', s)])\n", "import re\ndef f(s):\n    return list(re.finditer('[a-z]+', s))\n"], [["? [m.group() for m in f('ab1c')]"], ["? [m.span() for m in f('ab1c')]"], ["? len(list(f('a b c')))"]]),
    ("import itertools\ndef f(s):\n    return itertools.groupby(s)\n", ["import itertools\ndef f(s):\n    return ((k, list(g)) for k, g in itertools.groupby(s))\n", "import itertools\ndef f(s):\n    return [(k, list(g)) for k, g in itertools.groupby(s)]\n", "import itertools\ndef f(s):\n    return itertools.groupby(sorted(s))\n"], [["? [(k, len(list(g))) for k, g in f('aabba')]"], ["? [k for k, g in f('aabba')]"], ["? {k: ''.join(g) for k, g in f('aab')}"]]),
    ("def f(n):\n    return zip(range(n), [[i] for i in range(n)])\n", ["def f(n):\n    return [(i, [i]) for i in range(n)]\n", "def f(n):\n    for i in range(n):\n        yield i, [i]\n", "def f(n):\n    return ([i, [i]] for i in range(n))\n", "def f(n):\n    return enumerate([[i] for i in range(n)])\n"], [["? list(f(3))"], ["? dict(f(3))"], ["for i, x in f(2):\n    x.append(i)", "? x"], ["g = list(f(3))", "g[0][1].append(9)", "? g"]]),
    ("class R:\n    def __init__(self, n):\n        self.n = n\n    def __iter__(self):\n        return iter(range(self.n))\n    def __len__(self):\n        return self.n\ndef f(n):\n    return R(n)\n", ["class R:\n    def __init__(self, n):\n        self.n = n\n    def __iter__(self):\n        for i in range(self.n):\n            yield i\n    def __len__(self):\n        return self.n\ndef f(n):\n    return R(n)\n", "class R:\n    def __init__(self, n):\n        self.n = n\n    def __getitem__(self, i):\n        if i >= self.n: raise IndexError(i)\n        return i\n    def __len__(self):\n        return self.n\ndef f(n):\n    return R(n)\n", "def f(n):\n    return range(n + 1)\n"], [["r = f(3)", "? list(r)", "? list(r)", "? len(r)"], ["? [a * b for a in f(2) for b in f(2)]"], ["? sum(f(4))"], ["? sorted(f(3), reverse=True)"], ["a, b = f(2)", "? (a, b)"], ["? 2 in f(3)"]]),
    ("def f(n):\n    while n:\n        yield n % 10\n        n //= 10\n", ["def f(n):\n    return (int(c) for c in reversed(str(n)))\n", "def f(n):\n    return map(int, str(n))\n", "def f(n):\n    return [int(c) for c in str(n)][::-1]\n"], [["? list(f(1234))"], ["? sum(f(999))"], ["? next(iter(f(17)))"]]),
    ("def f(n):\n    def inner():\n        for i in range(n):\n            yield (j for j in range(i))\n    return inner()\n", ["def f(n):\n    return [[j for j in range(i)] for i in range(n)]\n", "def f(n):\n    return (iter(range(i)) for i in range(n))\n", "def f(n):\n    return map(range, range(n))\n", "def f(n):\n    return map(range, range(n, 0, -1))\n"], [["? [list(x) for x in f(4)]"], ["? sum(sum(x) for x in f(4))"], ["? list(map(len, map(list, f(3))))"], ["? [y for x in f(4) for y in x]"]]),
    ("def f(n):\n    return {'it': iter(range(n)), 'n': n}\n", ["def f(n):\n    return {'it': (i for i in range(n)), 'n': n}\n", "def f(n):\n    return {'it': list(range(n)), 'n': n}\n", "def f(n):\n    return {'it': iter(range(n + 1)), 'n': n}\n"], [["r = f(3)", "? list(r['it'])", "? r['n']"], ["? sum(f(4)['it'])"]]),
    ("def f(n):\n    a = iter(range(n))\n    return a, a\n", ["def f(n):\n    a = (i for i in range(n))\n    return (a, a)\n", "def f(n):\n    return iter(range(n)), iter(range(n))\n"], [["a, b = f(4)", "? next(a)", "? next(b)", "? a is b"], ["a, b = f(4)", "? list(zip(a, b))"]]),
    ("import os\ndef f(path):\n    yield 'start'\n    try:\n        yield path\n    finally:\n        closed.append(path)\nclosed = []\ndef ended():\n    return closed\n", ["closed = []\ndef f(path):\n    yield 'start'\n    yield path\n    closed.append(path)\ndef ended():\n    return list(closed)\n"], [["g = f('p')", "next(g)", "next(g)", "g.close()", "? ended()"], ["? list(f('q'))", "? ended()[-1]"]]),
]


def late(draw):
    reference, others, scripts = draw.one(LATE)
    return Family(reference, draw.some(scripts, 3), [("other way", other) for other in others])


TAKEN = [
    ("def f(it, n):\n    return [next(it) for _ in range(n)]\n", ["def f(it, n):\n    import itertools\n    return list(itertools.islice(it, n))\n", "def f(it, n):\n    return list(it)[:n]\n", "def f(it, n):\n    out = []\n    for x in it:\n        out.append(x)\n        if len(out) == n:\n            return out\n", "def f(it, n):\n    return [x for x, _ in zip(it, range(n))]\n", "def f(it, n):\n    return [x for _, x in zip(range(n), it)]\n"], "f({it}, 2)"),
    ("def f(it, n=0):\n    return sum(it)\n", ["def f(it, n=0):\n    total = 0\n    for x in it:\n        total += x\n    return total\n", "def f(it, n=0):\n    return sum(list(it)) + sum(it)\n", "def f(it, n=0):\n    return sum(x for x in it if x)\n", "def f(it, n=0):\n    return len(it)\n"], "f({it})"),
    ("def f(it, n=1):\n    return (x * 2 for x in it)\n", ["def f(it, n=1):\n    for x in it:\n        yield x + x\n", "def f(it, n=1):\n    return map(lambda x: x * 2, it)\n", "def f(it, n=1):\n    return [x * 2 for x in it]\n", "def f(it, n=1):\n    return iter([x * 2 for x in it])\n"], "list(f({it}))"),
    ("def f(it, n=1):\n    return next(it, None)\n", ["def f(it, n=1):\n    for x in it:\n        return x\n", "def f(it, n=1):\n    return it.__next__()\n", "def f(it, n=1):\n    try:\n        return next(it)\n    except StopIteration:\n        return None\n", "def f(it, n=1):\n    return list(it)[0]\n"], "f({it})"),
    ("def f(it, n=1):\n    return it\n", ["def f(it, n=1):\n    return iter(it)\n", "def f(it, n=1):\n    return list(it)\n", "def f(it, n=1):\n    next(it)\n    return it\n", "def f(it, n=1):\n    return (x for x in it)\n"], "list(f({it}))"),
]
GIVEN = ["iter([1, 2, 3, 4])", "(x for x in range(1, 5))", "map(int, '1234')", "iter(range(1, 5))", "filter(None, [1, 2, 3, 4])", "iter((1, 2, 3))", "reversed([4, 3, 2, 1])", "itertools.chain([1], [2, 3])", "iter({1: 0, 2: 0, 3: 0})", "itertools.islice(itertools.count(1), 4)", "itertools.accumulate([1, 1, 1])", "map(ord, 'abc')", "iter(deque([1, 2, 3]))", "iter(bytes([1, 2, 3]))", "iter(array.array('i', [1, 2, 3]))"]


def taken(draw):
    """A test's iterator, of which the candidate takes a part."""
    reference, others, call = draw.one(TAKEN)
    scripts = []
    for _ in range(draw.between(1, 3)):
        given = draw.one(GIVEN + (["itertools.count(1)", "itertools.cycle([1, 2])"] if "next" in reference else []))
        script = ["it = " + given, "? " + call.format(it="it")]
        script.append(draw.one(["? next(it, 'none')", "? list(itertools.islice(it, 3))", "? next(it, 0)"]))
        scripts.append(script if draw.chance(0.7) else ["? " + call.format(it=given)])
    return Family(reference, scripts, [("other way", other) for other in others])


FAMILIES = [(8, finite), (4, endless), (6, late), (6, taken)]
