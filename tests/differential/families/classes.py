"""Classes of the candidate's, made and used by tests: operators, protocols, dataclasses, enums, records."""

from draw import Family
import values

#: Methods of a vector class, one of which a candidate may lack or have otherwise.
METHODS = {
    "__eq__": "        return isinstance(other, V) and self.xs == other.xs", "__add__": "        return V(*[a + b for a, b in zip(self.xs, other.xs)])", "__radd__": "        return self if other == 0 else NotImplemented", "__sub__": "        return V(*[a - b for a, b in zip(self.xs, other.xs)])", "__mul__": "        return V(*[a * other for a in self.xs])",
    "__rmul__": "        return self * other", "__matmul__": "        return sum(a * b for a, b in zip(self.xs, other.xs))", "__truediv__": "        return V(*[a / other for a in self.xs])", "__mod__": "        return V(*[a % other for a in self.xs])", "__neg__": "        return V(*[-a for a in self.xs])", "__abs__": "        return sum(a * a for a in self.xs) ** 0.5",
    "__len__": "        return len(self.xs)", "__iter__": "        return iter(self.xs)", "__getitem__": "        return self.xs[other]", "__setitem__": "        self.xs[other] = value", "__contains__": "        return other in self.xs", "__repr__": "        return 'V(%s)' % ', '.join(map(repr, self.xs))", "__str__": "        return '<%s>' % ' '.join(map(str, self.xs))", "__bool__": "        return any(self.xs)",
    "__hash__": "        return hash(tuple(self.xs))", "__lt__": "        return self.xs < other.xs", "__le__": "        return self.xs <= other.xs", "__call__": "        return [other(a) for a in self.xs]", "__float__": "        return float(sum(self.xs))", "__int__": "        return int(sum(self.xs))", "__index__": "        return len(self.xs)", "__round__": "        return V(*[round(a) for a in self.xs])",
    "__format__": "        return format(sum(self.xs), other)", "__enter__": "        self.xs.append(0)\n        return self", "__exit__": "        self.xs.pop()\n        return False", "__reversed__": "        return reversed(self.xs)", "__divmod__": "        return [divmod(a, other) for a in self.xs]", "__pow__": "        return V(*[a ** other for a in self.xs])", "__invert__": "        return V(*self.xs[::-1])", "__iadd__": "        self.xs = [a + b for a, b in zip(self.xs, other.xs)]\n        return self",
    "__delitem__": "        del self.xs[other]", "__copy__": "        return V(*self.xs)", "__and__": "        return [a for a in self.xs if a in other]", "__or__": "        return sorted({*self.xs, *other})", "__getattr__": "        if other == 'first':\n            return self.xs[0]\n        raise AttributeError(other)", "__complex__": "        return complex(*self.xs[:2])", "__trunc__": "        return 5", "__bytes__": "        return bytes(a % 256 for a in self.xs)",
}
_SIGNATURES = {"__setitem__": "(self, other, value)", "__exit__": "(self, *a)"}
_SINGLE = "__neg__ __abs__ __len__ __iter__ __repr__ __str__ __bool__ __hash__ __float__ __int__ __index__ __round__ __enter__ __reversed__ __invert__ __copy__ __complex__ __trunc__ __bytes__".split()
USES = [
    "V(1, 2) == V(1, 2)", "V(1) != V(2)", "(V(1, 2) + V(3, 4)).xs", "sum([V(1), V(2)]).xs", "(V(3, 4) - V(1, 1)).xs", "(V(1, 2) * 3).xs", "(3 * V(1, 2)).xs", "V(1, 2) @ V(3, 4)", "(V(1, 2) / 2).xs", "(V(5, 7) % 3).xs", "(-V(1, -2)).xs", "abs(V(3, 4))", "len(V(1, 2, 3))", "list(V(1, 2))", "V(5, 6)[1]", "V(5, 6)[-1]", "V(5, 6, 7)[1:]", "5 in V(5)", "9 in V(5)", "repr(V(1, 'a'))", "str(V(1, 2))", "f'{V(1, 2)}'", "f'{V(1, 2)!r}'", "'%s' % V(1)", "bool(V(0))", "bool(V())", "not V(1)",
    "len({V(1), V(1), V(2)})", "{V(1): 'a'}[V(1)]", "V(1) < V(2)", "V(1) <= V(1)", "V(1) > V(2)", "[v.xs for v in sorted([V(3), V(1), V(2)])]", "max([V(1), V(3)]).xs", "V(1, -2)(abs)", "float(V(1, 2))", "int(V(1, 2))", "[10, 20, 30][V(1)]", "round(V(1.4, 2.6)).xs", "format(V(1, 2), '05d')", "f'{V(1, 2):.2f}'", "list(reversed(V(1, 2)))", "divmod(V(5, 7), 3)", "(V(2, 3) ** 2).xs", "(~V(1, 2)).xs", "V(1, 2).first", "V(1).nope", "hasattr(V(1), 'first')",
    "getattr(V(1), 'zz', 'none')", "copy.copy(V(1, 2)).xs", "copy.deepcopy(V(1, [2])).xs", "V(1, 2) & [2]", "V(3, 1) | [2]", "a_plus", "isinstance(V(1), V)", "isinstance(3, V)", "type(V(1)).__name__", "type(V(1)) is V", "V(1).xs", "V(1) == 1", "V(1) == [1]", "1 == V(1)", "V(1) in [V(1)]", "[V(1), V(2)].index(V(2))", "[V(1), V(1)].count(V(1))", "complex(V(1, 2))", "bytes(V(1, 2))", "math.trunc(V(1))", "any(x == V(2) for x in [V(1), V(2)])", "all(V(1, 0))", "sum(V(1, 2))", "max(V(1, 2))", "sorted(V(3, 1))", "dict(enumerate(V(5, 6)))",
    "list(zip(V(1, 2), V(3, 4)))", "(lambda a, b: (a, b))(*V(1, 2))", "[*V(1), *V(2)]", "set(V(1, 1))", "list(map(lambda v: v.xs, [V(1), V(2)]))", "V.make(3).xs", "V.kind", "V(1).kind", "V.of([1, 2]).xs", "V(1, 2).total", "V(1, 2).scaled(by=3).xs", "V.__name__", "V(1).__class__.__name__", "operator.add(V(1), V(2)).xs", "functools.reduce(operator.add, [V(1), V(2), V(3)]).xs", "vars(V(1))", "V(*range(3)).xs", "range(V(1, 1))[-1]", "pickle.loads(pickle.dumps([1]))", "issubclass(V, object)", "V(1, 2) == V(1, 2) == V(1, 2)",
]
MULTI = [
    ["v = V(1, 2)", "v[0] = 9", "? v.xs"], ["v = V(1, 2)", "w = v", "w += V(1, 1)", "? w.xs", "? v is w"], ["v = V(1)", "with v as u:\n    inside = len(u.xs)", "? inside", "? v.xs"], ["v = V(1, 2)", "v.xs.append(3)", "? v.xs", "? len(v.xs)"], ["v = V(1)", "v.xs = [5]", "? v.xs"], ["v = V(1)", "v.extra = 'e'", "? v.extra", "? vars(v)"], ["a, b = V(1, 2)", "? (a, b)"], ["v = V(1, 2, 3)", "del v[0]", "? v.xs"],
    ["t = 0", "for x in V(1, 2):\n    t += x", "? t"], ["v = V(1)", "? v.push(2).push(3).xs"], ["v, w = V(1), V(1)", "? v is w", "? v == w"], ["v = V([1])", "v.xs[0].append(2)", "? v.xs"], ["v = V(1, 2)", "u = copy.copy(v)", "u.xs.append(3)", "? v.xs"], ["V.kind = 'changed'", "? V(1).kind", "? V.kind"], ["d = {'v': V(1)}", "d['v'].xs.append(2)", "? d['v'].xs"], ["v = V(1)", "v.total", "try:\n    v.total = 5\nexcept AttributeError:\n    ok = True\nelse:\n    ok = False", "? ok"],
    ["class W(V):\n    def push(self, x):\n        return super().push(x * 10)", "? W(1).push(2).xs", "? isinstance(W(1), V)"], ["v = V(3, 1)", "v.xs.sort()", "? v.xs"], ["m = V(1).push", "m(5)", "? m.__self__.xs"], ["items = list(map(V, [1, 2]))", "? [i.xs for i in items]"],
]
_BODY = """    kind = 'vector'
    def __init__(self, *xs):
        self.xs = list(xs)
    @staticmethod
    def make(n):
        return V(*range(n))
    @classmethod
    def of(cls, xs):
        return cls(*xs)
    @property
    def total(self):
        return sum(self.xs)
    def scaled(self, by=2):
        return V(*[x * by for x in self.xs])
    def push(self, x):
        self.xs.append(x)
        return self
"""


def _vector(names, slots):
    text = "class V:\n" + ("    __slots__ = ('xs',)\n" if slots else "") + _BODY
    for name in names:
        text += "    def %s%s:\n%s\n" % (name, _SIGNATURES.get(name, "(self)" if name in _SINGLE else "(self, other)"), METHODS[name])
    return text + "def f():\n    return V()\n"


def vector(draw):
    """A class with some of all operators."""
    names = draw.some(list(METHODS), draw.between(4, 30))
    slots = draw.chance(0.1)
    scripts = [["? " + use] for use in draw.some([use for use in USES if use != "a_plus"], draw.between(3, 6))] + draw.some(MULTI, draw.between(1, 2))
    others = [("other methods", _vector(draw.some(list(METHODS), draw.between(10, 36)), slots)), ("a method less", _vector([name for name in names if name != draw.one(names)], slots))]
    return Family(_vector(names, slots), draw.shuffled(scripts), others, entry="V")


#: (reference, other ways, scripts, entry point)
RECORDS = [
    ("from dataclasses import dataclass, field\n@dataclass{options}\nclass P:\n    x: int\n    y: str = 'd'\n    tags: list = field(default_factory=list)\ndef f(x):\n    return P(x)\n", ["class P:\n    def __init__(self, x, y='d', tags=None):\n        self.x, self.y, self.tags = x, y, tags or []\n    def __eq__(self, o):\n        return (self.x, self.y, self.tags) == (o.x, o.y, o.tags)\n    def __repr__(self):\n        return f'P(x={self.x!r}, y={self.y!r}, tags={self.tags!r})'\ndef f(x):\n    return P(x)\n"],
     [["? P(1)"], ["? P(1) == P(1)"], ["? P(1, 'a').y"], ["? repr(P(1))"], ["p = P(2)", "p.tags.append('t')", "? p.tags", "? P(2).tags"], ["? f(3).x"], ["? P(1) < P(2)"], ["import dataclasses", "? dataclasses.asdict(P(1))"], ["import dataclasses", "? dataclasses.replace(P(1), x=5).x"], ["p = P(1)", "try:\n    p.x = 2\nexcept AttributeError:\n    r = 'frozen'\nelse:\n    r = p.x", "? r"], ["? hash(P(1)) == hash(P(1))"], ["? sorted([P(2), P(1)])[0].x"], ["? P(x=1, y='z').y"], ["? P()"], ["? {P(1)} == {P(1)}"], ["? f(1) == P(1)"], ["match f(1):\n    case P(x=1):\n        m = 'one'\n    case _:\n        m = 'other'", "? m"]], "P"),
    ("import enum\nclass C(enum.{kind}):\n    RED = {one}\n    BLUE = {two}\n    @property\n    def low(self):\n        return self.name.lower()\ndef f(x):\n    return C[x]\n", ["import enum\nclass C(enum.{kind}):\n    RED = {one}\n    BLUE = {two}\n    @property\n    def low(self):\n        return self.name.upper()\ndef f(x):\n    return {{c.name: c for c in C}}[x]\n", "import enum\nC = enum.{kind}('C', {{'RED': {one}, 'BLUE': {two}}})\ndef f(x):\n    return C[x]\n"],
     [["? f('RED').value"], ["? f('RED') is C.RED"], ["? f('RED') == C.RED"], ["? f('RED') == {one}"], ["? f('BLUE').name"], ["? [c.name for c in C]"], ["? C({one}).name"], ["? len(C)"], ["? f('X')"], ["? isinstance(f('RED'), C)"], ["? f('RED').low"], ["? f('RED') in [C.RED]"], ["? repr(f('RED'))"], ["? str(f('RED'))"], ["? {{C.RED: 1}}[f('RED')]"], ["? f('RED') in (C.RED, C.BLUE)"], ["? type(f('RED')).__name__"], ["? f('RED') != f('BLUE')"], ["? C.RED in C"], ["? sorted(c.value for c in C)"], ["? list(C)[0].value"], ["? [f('RED')] == [{one}]"], ["? f'{{f(\"RED\")}}'"]], "f"),
    ("from collections import namedtuple\nP = namedtuple('P', 'x y', defaults=[0])\ndef f(x):\n    return P(x)\n", ["import typing\nclass P(typing.NamedTuple):\n    x: object\n    y: int = 0\ndef f(x):\n    return P(x=x)\n", "from collections import namedtuple\nP = namedtuple('P', 'x y', defaults=[0])\ndef f(x):\n    return (x, 0)\n", "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: object\n    y: int = 0\ndef f(x):\n    return P(x)\n"],
     [["? f(1)"], ["? f(1).x"], ["? f(1) == (1, 0)"], ["a, b = f(1)", "? (a, b)"], ["? f(1)._asdict()"], ["? f(1)._replace(y=5)"], ["? P(1, 2).y"], ["? P._fields"], ["? isinstance(f(1), tuple)"], ["? isinstance(f(1), P)"], ["? f(1) == P(1)"], ["? repr(f(1))"], ["? f([1]).x"], ["? len(f(1))"], ["? f(1)[0]"], ["? sorted([P(2), P(1)])"], ["? P(y=1, x=2)"], ["? P()"], ["? hash(f(1)) == hash((1, 0))"], ["? type(f(1)).__name__"]], "f"),
    ("class Node:\n    def __init__(self, v, left=None, right=None):\n        self.v, self.left, self.right = v, left, right\ndef f(node):\n    if node is None:\n        return []\n    return f(node.left) + [node.v] + f(node.right)\ndef flip(node):\n    if node:\n        node.left, node.right = flip(node.right), flip(node.left)\n    return node\n", ["class Node:\n    def __init__(self, v, left=None, right=None):\n        self.v, self.left, self.right = v, left, right\ndef f(node):\n    out, stack = [], []\n    while node or stack:\n        while node:\n            stack.append(node)\n            node = node.left\n        node = stack.pop()\n        out.append(node.v)\n        node = node.right\n    return out\ndef flip(node):\n    if not node: return None\n    return Node(node.v, flip(node.right), flip(node.left))\n"],
     [["? f(Node(2, Node(1), Node(3)))"], ["? f(None)"], ["t = Node(2, Node(1))", "t.right = Node(9)", "? f(t)"], ["t = Node(2, Node(1), Node(3))", "? f(flip(t))", "? f(t)"], ["t = Node(2, Node(1))", "? flip(t) is t"], ["? Node(1).left is None"], ["? flip(Node(1, Node(0))).right.v"], ["a = Node(1)", "t = Node(2, a, a)", "? f(t)", "? t.left is t.right"]], "f"),
    ("class Stack:\n    def __init__(self):\n        self._items = []\n    def push(self, x):\n        self._items.append(x)\n    def pop(self):\n        if not self._items:\n            raise IndexError('empty')\n        return self._items.pop()\n    def __len__(self):\n        return len(self._items)\n    def __iter__(self):\n        return reversed(self._items)\n", ["from collections import deque\nclass Stack:\n    def __init__(self):\n        self.d = deque()\n    def push(self, x):\n        self.d.appendleft(x)\n    def pop(self):\n        if not self.d:\n            raise IndexError('empty')\n        return self.d.popleft()\n    def __len__(self):\n        return len(self.d)\n    def __iter__(self):\n        yield from self.d\n", "class Stack(list):\n    def push(self, x):\n        self.append(x)\n", "class Stack:\n    items = []\n    def push(self, x):\n        self.items.append(x)\n    def pop(self):\n        return self.items.pop()\n    def __len__(self):\n        return len(self.items)\n    def __iter__(self):\n        return reversed(self.items)\n"],
     [["s = Stack()", "s.push(1)", "s.push([2])", "? len(s)", "? s.pop()", "? s.pop()"], ["? Stack().pop()"], ["s = Stack()", "x = [1]", "s.push(x)", "? s.pop() is x"], ["s, t = Stack(), Stack()", "s.push(1)", "? len(t)"], ["s = Stack()", "for i in range(3): s.push(i)", "? list(s)", "? [s.pop() for _ in range(3)]", "? bool(s)"], ["s = Stack()", "s.push(None)", "? s.pop() is None"], ["try:\n    Stack().pop()\nexcept IndexError as e:\n    m = str(e)", "? m"], ["s = Stack()", "s.push('a')", "? 'a' in s", "? sum(1 for _ in s)"]], "Stack"),
    ("class A:\n    registry = []\n    def __init_subclass__(cls, **k):\n        A.registry.append(cls.__name__)\n    def hello(self):\n        return 'A'\nclass B(A):\n    def hello(self):\n        return 'B' + super().hello()\nclass D(B):\n    pass\ndef f(k):\n    return {'A': A, 'B': B, 'D': D}[k]()\n", ["class A:\n    registry = ['B', 'D']\n    def hello(self):\n        return 'A'\nclass B(A):\n    def hello(self):\n        return 'BA'\nclass D(B): pass\ndef f(k):\n    return globals()[k]()\n"], [["? f('A').hello()"], ["? f('D').hello()"], ["? isinstance(f('D'), A)"], ["? isinstance(f('A'), B)"], ["? A.registry"], ["? issubclass(D, A)"], ["? [c.__name__ for c in D.__mro__]"], ["? B().hello()"], ["? type(f('B')) is B"], ["class E(A):\n    pass", "? E().hello()", "? A.registry[-1]"]], "f"),
    ("import abc\nclass Shape(abc.ABC):\n    @abc.abstractmethod\n    def area(self): ...\nclass Square(Shape):\n    def __init__(self, s):\n        self.s = s\n    @property\n    def side(self):\n        return self.s\n    @side.setter\n    def side(self, v):\n        if v < 0:\n            raise ValueError('negative')\n        self.s = v\n    def area(self):\n        return self.s ** 2\n", ["class Shape:\n    def __init__(self):\n        raise TypeError('abstract')\nclass Square(Shape):\n    def __init__(self, s):\n        self.side = s\n    def area(self):\n        return self.side * self.side\n"], [["? Square(3).area()"], ["? Shape()"], ["s = Square(2)", "s.side = 5", "? s.area()"], ["s = Square(2)", "try:\n    s.side = -1\nexcept ValueError as e:\n    m = str(e)\nelse:\n    m = None", "? m", "? s.side"], ["? isinstance(Square(1), Shape)"], ["? sum(s.area() for s in [Square(1), Square(2)])"], ["? max([Square(1), Square(4)], key=lambda s: s.area()).side"], ["? Square(1.5).area()"], ["? [Square(i).area() for i in range(4)]"]], "Square"),
    ("import functools\n@functools.total_ordering\nclass M:\n    def __init__(self, c, cur='EUR'):\n        self.c, self.cur = c, cur\n    def __eq__(self, o):\n        if not isinstance(o, M):\n            return NotImplemented\n        return self.c == o.c\n    def __lt__(self, o):\n        return self.c < o.c\n    def __hash__(self):\n        return hash(self.c)\n    def __repr__(self):\n        return f'{self.c / 100:.2f} {self.cur}'\n    def __add__(self, o):\n        return M(self.c + (o.c if isinstance(o, M) else o))\n    __radd__ = __add__\n", ["class M(int):\n    cur = 'EUR'\n    @property\n    def c(self):\n        return int(self)\n    def __repr__(self):\n        return f'{int(self) / 100:.2f} EUR'\n    def __add__(self, o):\n        return M(int(self) + int(o))\n    __radd__ = __add__\n"], [["? M(5) == M(5)"], ["? M(5) >= M(4)"], ["? repr(M(150))"], ["? sum([M(1), M(2)]).c"], ["? M(5) == 5"], ["? 5 == M(5)"], ["? M(5) != 5"], ["? max(M(1), M(7)).c"], ["? sorted([M(2), M(1)])[0].c"], ["? len({M(1), M(1)})"], ["? M(1) + 1 == M(2)"], ["? M(1) in [M(1), 3]"], ["? M(3) < M(4) < M(5)"], ["? str([M(100)])"], ["? M(1).cur"]], "M"),
]


def record(draw):
    reference, others, scripts, entry = draw.one(RECORDS)
    fill = {"options": ""}
    if "{options}" in reference:
        option = draw.one(["", "(order=True)", "(frozen=True)", "(eq=False)", "(slots=True)", "(unsafe_hash=True)"])
        return Family(reference.replace("{options}", option), draw.some(scripts, draw.between(2, 5)), [("other way", other) for other in others], entry=entry)
    if "{kind}" in reference:
        kind, one, two = draw.one([("Enum", "1", "2"), ("IntEnum", "1", "2"), ("StrEnum", "'r'", "'b'"), ("Enum", "'r'", "(1, 2)"), ("Flag", "1", "2"), ("IntFlag", "1", "2")])
        fill = {"kind": kind, "one": one, "two": two}
        reference, others = reference.format(**fill), [other.format(**fill) for other in others]
        scripts = [[line.format(**fill) for line in script] for script in scripts]
    return Family(reference, draw.some(scripts, draw.between(2, 5)), [("other way", other) for other in others], entry=entry)


FAMILIES = [(12, vector), (14, record)]
