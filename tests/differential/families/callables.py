"""Functions, classes and other callables that tests pass in, and ones that candidates give out."""

from draw import Family
import values

_HEAD = values.IMPORTS
#: (reference, other ways, call with {f} for a callable, callables that fit)
_UNARY = ["lambda x: x + 1", "lambda x: [x]", "str", "abs", "float", "operator.neg", "functools.partial(operator.add, 10)", "(5).__add__", "[9, 8, 7, 6, 5, 4, 3, 2, 1, 0].__getitem__", "{1: 'a', 2: 'b', 3: 'c'}.get", "twice", "Adder(3)", "Adder(3).plus", "counted", "lambda x, y=2: x * y", "out.append", "lambda x: out.append(x) or len(out)", "math.sqrt", "Fraction", "lambda x: (x, x)", "lambda x: {'k': x}", "lambda x: None",
          "lambda x: 1 / (x - 1)", "raising", "complex", "(lambda n: lambda x: x + n)(4)", "bool", "{2}.__contains__", "itertools.repeat", "range", "Adder", "lambda *a: a", "functools.lru_cache(lambda x: x * x)", "type", "hex", "'{:03d}'.format", "chr", "Decimal", "bin", "seen.add", "box.put", "Adder.make", "operator.methodcaller('bit_length')"]
_DEFINE = """out, seen = [], set()
def twice(x):
    return x * 2
class Adder:
    def __init__(self, n):
        self.n = n
    def __call__(self, x):
        return x + self.n
    def plus(self, x):
        self.n += 1
        return x + self.n
    def __repr__(self):
        return 'Adder'
    @staticmethod
    def make(x):
        return x + 100
calls = 0
def counted(x):
    global calls
    calls += 1
    return calls * x
def raising(x):
    if x == 2:
        raise ValueError('two', x)
    return x
class Box:
    def put(self, x):
        self.last = x
        return x
box = Box()
"""
APPLY = [
    ("def f(g, xs):\n    return [g(x) for x in xs]\n", ["def f(g, xs):\n    return list(map(g, xs))\n", "def f(g, xs):\n    out = []\n    for x in xs:\n        out.append(g(x))\n    return out\n", "def f(g, xs):\n    return [g(x) for x in xs[::-1]]\n", "def f(g, xs):\n    if not xs:\n        return []\n    return [g(xs[0])] + f(g, xs[1:])\n", "def f(g, xs):\n    return [g(x) for x in xs if g(x) is not None]\n"], "f({g}, [1, 2, 3])"),
    ("def f(g, x):\n    return g(g(x))\n", ["def f(g, x):\n    y = g(x)\n    return g(y)\n", "def f(g, x):\n    for _ in range(2):\n        x = g(x)\n    return x\n", "def f(g, x):\n    return g(x)\n"], "f({g}, 3)"),
    ("def f(g, x):\n    try:\n        return ('ok', g(x))\n    except Exception as e:\n        return ('error', type(e).__name__, e.args)\n", ["def f(g, x):\n    try:\n        r = g(x)\n    except Exception as e:\n        return ('error', e.__class__.__name__, e.args)\n    return ('ok', r)\n", "def f(g, x):\n    try:\n        return ('ok', g(x))\n    except ValueError as e:\n        return ('error', 'ValueError', e.args)\n"], "f({g}, {n})"),
    ("def f(g, xs):\n    return {x: g(x) for x in xs}\n", ["def f(g, xs):\n    return dict(zip(xs, map(g, xs)))\n", "def f(g, xs):\n    return dict((x, g(x)) for x in sorted(xs, reverse=True))\n", "def f(g, xs):\n    d = {}\n    for x in xs:\n        if x not in d:\n            d[x] = g(x)\n    return d\n"], "f({g}, [1, 2, 1])"),
    ("def f(g, xs):\n    return sorted(xs, key=g)\n", ["def f(g, xs):\n    return [x for _, x in sorted((g(x), i, x) for i, x in enumerate(xs))]\n", "def f(g, xs):\n    xs = list(xs)\n    xs.sort(key=lambda x: g(x))\n    return xs\n", "def f(g, xs):\n    return sorted(xs)\n"], "f({g}, [3, 1, 2])"),
    ("def f(g, xs):\n    return [x for x in xs if g(x)]\n", ["def f(g, xs):\n    return list(filter(g, xs))\n", "def f(g, xs):\n    return [x for x in xs if g(x) is True]\n", "def f(g, xs):\n    return filter(g, xs)\n"], "list(f({g}, [1, 2, 3]))"),
    ("def f(g, n):\n    def h(x):\n        for _ in range(n):\n            x = g(x)\n        return x\n    return h\n", ["import functools\ndef f(g, n):\n    return lambda x: functools.reduce(lambda a, _: g(a), range(n), x)\n", "def f(g, n):\n    class H:\n        def __call__(self, x):\n            for _ in range(n):\n                x = g(x)\n            return x\n    return H()\n", "def f(g, n):\n    return lambda x: g(x)\n"], "f({g}, 2)(1)"),
    ("def f(g):\n    return g\n", ["def f(g):\n    return lambda *a: g(*a)\n", "import functools\ndef f(g):\n    return functools.partial(g)\n"], "f({g})(2)"),
    ("import functools\ndef f(g):\n    seen = {}\n    @functools.wraps(g)\n    def h(x):\n        if x not in seen:\n            seen[x] = g(x)\n        return seen[x]\n    return h\n", ["import functools\ndef f(g):\n    return functools.lru_cache(None)(g)\n", "def f(g):\n    return g\n"], "[h(1), h(1), h(2)]"),
    ("def f(g, xs):\n    for x in xs:\n        g(x)\n", ["def f(g, xs):\n    [g(x) for x in xs]\n", "def f(g, xs):\n    return list(map(g, xs)) and None\n", "def f(g, xs):\n    for x in set(xs):\n        g(x)\n", "def f(g, xs):\n    return g(xs)\n"], "f({g}, [3, 3, 1])"),
    ("def f(g, xs):\n    return max(xs, key=g), min(xs, key=g)\n", ["def f(g, xs):\n    s = sorted(xs, key=g)\n    return (s[-1], s[0])\n", "def f(g, xs):\n    return max(map(g, xs)), min(map(g, xs))\n"], "f({g}, [2, 3, 1])"),
    ("def f(g, x):\n    return g\n", ["def f(g, x):\n    return g if callable(g) else None\n"], "f({g}, 1)(1)"),
    ("def f(g, xs):\n    return (g(x) for x in xs)\n", ["def f(g, xs):\n    return map(g, xs)\n", "def f(g, xs):\n    for x in xs:\n        yield g(x)\n", "def f(g, xs):\n    return iter([g(x) for x in xs])\n"], "next(f({g}, [3, 2]))"),
    ("def f(g, lo, hi):\n    total = 0.0\n    n = 10\n    for i in range(n):\n        total += float(g(lo + (hi - lo) * i / n)) * (hi - lo) / n\n    return total\n", ["def f(g, lo, hi):\n    return sum(float(g(lo + (hi - lo) * i / 10)) * (hi - lo) / 10 for i in range(10))\n", "def f(g, lo, hi):\n    n = 11\n    return sum(float(g(lo + (hi - lo) * i / n)) * (hi - lo) / n for i in range(n))\n"], "f({g}, 0, 1)"),
    ("def f(g, x):\n    return g(x) == g(x), callable(g), g is g\n", ["def f(g, x):\n    a, b = g(x), g(x)\n    return a == b, True, True\n"], "f({g}, 3)"),
    ("def f(g, x):\n    return isinstance(g, type)\n", ["import inspect\ndef f(g, x):\n    return inspect.isclass(g)\n", "def f(g, x):\n    return False\n"], "f({g}, 3)"),
    ("def f(*gs):\n    def h(x):\n        for g in gs:\n            x = g(x)\n        return x\n    return h\n", ["import functools\ndef f(*gs):\n    return functools.reduce(lambda a, b: lambda x: b(a(x)), gs)\n", "def f(*gs):\n    def h(x):\n        for g in reversed(gs):\n            x = g(x)\n        return x\n    return h\n"], "f({g}, lambda x: [x], {h})(1)"),
]


def applied(draw):
    """A test's callables in the candidate's hands."""
    reference, others, call = draw.one(APPLY)
    scripts = [[_DEFINE]]
    for _ in range(draw.between(2, 4)):
        text = call.format(g=draw.one(_UNARY), h=draw.one(_UNARY), n=draw.between(1, 3))
        script = (["h = f(%s)" % draw.one(_UNARY)] if call.startswith("[h") else []) + ["? " + text]
        script.append(draw.one(["? out", "? calls", "? len(out)", "? sorted(seen, key=repr)", "out.clear()", "? vars(box)"]))
        scripts.append(script)
    return Family(_HEAD + reference, scripts, [("other way", _HEAD + other) for other in others])


#: (reference, other ways, scripts) of functions that give functions and classes.
GIVEN = [
    ("def f(n):\n    return lambda x: x + n\n", ["def f(n):\n    def add(x):\n        return n + x\n    return add\n", "import functools, operator\ndef f(n):\n    return functools.partial(operator.add, n)\n", "def f(n):\n    return n.__add__\n", "class f:\n    def __init__(self, n):\n        self.n = n\n    def __call__(self, x):\n        return self.n + x\n", "def f(n):\n    return lambda x: x - n\n"], [["? f(1)(2)"], ["g, h = f(1), f(10)", "? (g(1), h(1), g(h(1)))"], ["? [f(i)(i) for i in range(3)]"], ["? callable(f(1))"], ["? list(map(f(2), [1, 2]))"], ["? sorted([3, 1], key=f(0))"]]),
    ("def f():\n    n = 0\n    def more(by=1):\n        nonlocal n\n        n += by\n        return n\n    return more\n", ["def f():\n    cell = [0]\n    def more(by=1):\n        cell[0] += by\n        return cell[0]\n    return more\n", "n = 0\ndef f():\n    def more(by=1):\n        global n\n        n += by\n        return n\n    return more\n", "import itertools\ndef f():\n    c = itertools.count(1)\n    return lambda by=1: next(c)\n"], [["g = f()", "? g()", "? g(5)", "? g(by=2)"], ["g, h = f(), f()", "g()", "? (g(), h())"], ["? f()()"], ["g = f()", "? [g() for _ in range(3)]"]]),
    ("def f(start):\n    items = [start]\n    def add(x):\n        items.append(x)\n    def get():\n        return items\n    return add, get\n", ["def f(start):\n    items = [start]\n    return items.append, lambda: items\n", "def f(start):\n    items = [start]\n    return items.append, lambda: list(items)\n", "def f(start):\n    items = [start]\n    return [items.append, items.copy]\n"], [["add, get = f(1)", "add(2)", "? get()"], ["add, get = f(1)", "get().append(5)", "? get()"], ["add, get = f([])", "add(get())", "? len(get())"], ["a, b = f(0), f(1)", "a[0](9)", "? a[1]()", "? b[1]()"]]),
    ("def f(name):\n    class C:\n        kind = name\n        def __init__(self, x=0):\n            self.x = x\n        def get(self):\n            return (self.kind, self.x)\n    return C\n", ["def f(name):\n    def init(self, x=0):\n        self.x = x\n    return type('C', (), {'kind': name, '__init__': init, 'get': lambda self: (name, self.x)})\n", "def f(name):\n    class C:\n        kind = name\n        def __init__(self, x=0):\n            self.x = x + 1\n        def get(self):\n            return (name, self.x)\n    return C\n"], [["? f('a')(3).get()"], ["C = f('k')", "c = C()", "c.x = 5", "? c.get()", "? C.kind", "? c.kind"], ["C = f('k')", "? isinstance(C(), C)", "? C(1).x + C(2).x", "? C.__name__"]]),
    ("def f(k):\n    return {'add': lambda a, b: a + b, 'neg': lambda a: -a, 'len': len, 'up': str.upper}[k]\n", ["import operator\ndef f(k):\n    return {'add': operator.add, 'neg': operator.neg, 'len': lambda x: len(x), 'up': lambda s: s.upper()}[k]\n", "def f(k):\n    def add(a, b):\n        return b + a\n    return {'add': add, 'neg': abs, 'len': len, 'up': str.lower}[k]\n"], [["? f('add')(1, 2)"], ["? f('add')([1], [2])"], ["? f('neg')(3)"], ["? f('len')('abc')"], ["? f('up')('abc')"], ["? f('nope')"], ["? f('add')(b=1, a=2)"] ]),
    ("def f(g):\n    def wrapped(*a, **k):\n        log.append((g.__name__, a, k))\n        return g(*a, **k)\n    return wrapped\nlog = []\ndef calls():\n    return log\n", ["import functools\ndef f(g):\n    @functools.wraps(g)\n    def wrapped(*a, **k):\n        log.append((g.__name__, a, k))\n        return g(*a, **k)\n    return wrapped\nlog = []\ndef calls():\n    return log\n", "def f(g):\n    return g\nlog = []\ndef calls():\n    return list(log)\n"], [["@f\ndef add(a, b=1):\n    return a + b", "? add(1)", "? add(2, b=3)", "? calls()"], ["? f(max)([1, 3])", "? calls()[-1]"], ["h = f(f(abs))", "? h(-2)"]]),
    ("def f(*a, **k):\n    return a, k\n", ["def f(*args, **kwargs):\n    return (args, dict(kwargs))\n", "def f(*a, **k):\n    return list(a), k\n", "def f(a=0, *b, **k):\n    return (a, *b), k\n"], [["? f()"], ["? f(1, 2, x=3)"], ["? f(*[1, 2], **{'a': 1})"], ["? f(a=1, b=[2])"], ["d = {'z': []}", "r = f(**d)", "r[1]['z'].append(1)", "? d"], ["? f(*range(3))"], ["? f([1])[0][0]"]]),
    ("def f(a, /, b, *, c=3):\n    return (a, b, c)\n", ["def f(a, b, c=3):\n    return (a, b, c)\n", "def f(a, b, *c):\n    return (a, b, c[0] if c else 3)\n"], [["? f(1, 2)"], ["? f(1, b=2, c=0)"], ["? f(1, 2, 3)"], ["? f(a=1, b=2)"], ["? f(1)"]]),
    ("import functools\n@functools.lru_cache(maxsize=None)\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n", ["memo = {}\ndef f(n):\n    if n < 2: return n\n    if n not in memo:\n        memo[n] = f(n - 1) + f(n - 2)\n    return memo[n]\n", "def f(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a\n", "f = lambda n: n if n < 2 else f(n - 1) + f(n - 2)\n"], [["? f(20)"], ["? [f(i) for i in range(8)]"], ["? list(map(f, range(5)))"]]),
    ("def f(x):\n    return print\n", ["def f(x):\n    return __builtins__['print'] if isinstance(__builtins__, dict) else __builtins__.print\n", "def f(x):\n    return len\n"], [["? f(1) is print"], ["? callable(f(0))"]]),
    ("def f(t):\n    return t(1)\n", ["def f(t):\n    return t('1') if t is str else t(1)\n", "def f(t):\n    x = t(1)\n    return x\n", "def f(t):\n    return t()\n"], [["? f(int)"], ["? f(str)"], ["? f(float)"], ["? f(bool)"], ["? f(Fraction)"], ["? f(lambda x: [x])"], ["? f(bytes)"], ["class T:\n    def __init__(self, x):\n        self.x = x", "? f(T).x", "? type(f(T)) is T"], ["? f(Decimal)"], ["? f(range)"], ["P = namedtuple('P', 'x')", "? f(P)", "? f(P).x"]]),
]


def given(draw):
    reference, others, scripts = draw.one(GIVEN)
    return Family(reference, draw.some(scripts, 3), [("other way", other) for other in others])


#: Objects of the test's own, as arguments.
OBJECTS = [
    ("def f(o):\n    return o.x + 1\n", ["def f(o):\n    return getattr(o, 'x') + 1\n", "def f(o):\n    o.x += 1\n    return o.x\n", "def f(o):\n    return o.x\n"]), ("def f(o):\n    o.x = 9\n    return o\n", ["def f(o):\n    setattr(o, 'x', 9)\n    return o\n", "import copy\ndef f(o):\n    o = copy.copy(o)\n    o.x = 9\n    return o\n", "def f(o):\n    o.x = 9\n"]),
    ("def f(o):\n    return [o, o]\n", ["def f(o):\n    return (o, o)\n", "def f(o):\n    return [o] * 2\n", "import copy\ndef f(o):\n    return [o, copy.copy(o)]\n"]), ("def f(o):\n    return o.twice()\n", ["def f(o):\n    return type(o).twice(o)\n", "def f(o):\n    g = o.twice\n    return g()\n", "def f(o):\n    return o.x\n"]), ("def f(o):\n    return repr(o), str(o), bool(o)\n", ["def f(o):\n    return ('%r' % o, f'{o}', True)\n"]),
    ("def f(o):\n    o.items.append(len(o.items))\n    return o.items\n", ["def f(o):\n    o.items += [len(o.items)]\n    return o.items\n", "def f(o):\n    o.items = o.items + [len(o.items)]\n    return o.items\n"]), ("def f(o):\n    return o == o, hash(o) == hash(o), o is o, o in [o]\n", ["def f(o):\n    return True, True, True, True\n"]), ("def f(o):\n    return sorted([o, type(o)(1)], key=lambda p: p.x)[0].x\n", ["def f(o):\n    return min([o, o.__class__(1)], key=lambda p: p.x).x\n"]), ("def f(o):\n    return vars(o)\n", ["def f(o):\n    return dict(o.__dict__)\n", "def f(o):\n    return o.__dict__\n"]),
    ("def f(o):\n    d = {o: 1}\n    return d[o]\n", ["def f(o):\n    return len({o, o})\n"]), ("def f(o):\n    return type(o).__name__\n", ["def f(o):\n    return o.__class__.__name__\n", "def f(o):\n    return 'P'\n"]), ("def f(o):\n    return isinstance(o, tuple), isinstance(o, object), hasattr(o, 'x')\n", ["def f(o):\n    return (issubclass(type(o), tuple), True, True)\n"]),
]
_CLASSES = ["class P:\n    def __init__(self, x):\n        self.x = x\n        self.items = []\n    def twice(self):\n        return self.x * 2\n", "@dataclass\nclass P:\n    x: int\n    items: list = field(default_factory=list)\n    def twice(self):\n        return self.x * 2\n", "class P(types.SimpleNamespace):\n    def __init__(self, x):\n        super().__init__(x=x, items=[])\n    def twice(self):\n        return self.x * 2\n",
            "class P:\n    items = []\n    def __init__(self, x):\n        self.x = x\n    def __eq__(self, other):\n        return isinstance(other, P) and self.x == other.x\n    def __hash__(self):\n        return self.x\n    def __repr__(self):\n        return 'P(%r)' % self.x\n    def twice(self):\n        return P(self.x * 2)\n", "P = namedtuple('P', 'x')\nP.twice = lambda self: self.x * 2\nP.items = []\n"]


def objects(draw):
    reference, others = draw.one(OBJECTS)
    scripts = [[draw.one(_CLASSES), "p = P(4)", "? f(p)" if draw.chance(0.6) else "r = f(p)", "? p.x", draw.one(["? p.items", "? f(p) is p", "? type(f(p)).__name__", "? p == p", "? f(P(7))"])]]
    return Family(reference, scripts, [("other way", other) for other in others])


FAMILIES = [(12, applied), (10, given), (5, objects)]
