//! Objects of a test's and of a candidate's own classes: right programs that treat them in other ways than the reference does, and forgeries
//! in the same places.

use super::contract::{Form, hold};

const FORMS: &[Form] = &[
    // Containers got from a test's object are its own.
    Form {
        reference: "def f(t): t.members = sorted(t.members)",
        test: "class Team:\n    def __init__(self, m): self.members, self.d, self.s = list(m), {}, set()\nt = Team([3, 1, 2])\nf(t)\nassert t.members == [1, 2, 3]",
        right: &[
            "def f(t): t.members.sort()",
            "def f(t):\n    own = t.members\n    a, t.d, own[:] = t.members, {}, sorted(own)",
        ],
        forged: &[
            "def f(t): t.members.append(9)",
            "def f(t): t.members = t",
            "class L(list):\n    def __eq__(self, o): return True\ndef f(t): t.members = L()",
        ],
        told: &[],
    },
    Form {
        reference: "def f(t):\n    t.d = dict(t.d, a=1)\n    t.s = t.s | {2}\n    n = len(t.members)\n    t.members = []\n    return n",
        test: "class Team:\n    def __init__(self, m): self.members, self.d, self.s = list(m), {}, set()\nt = Team([3, 1, 2])\nassert f(t) == 3\nassert t.d == {\"a\": 1} and t.s == {2} and not t.members",
        right: &[
            "def f(t):\n    s, n = t.s, 0\n    t.d.update(a=1)\n    s.add(2)\n    while t.members:\n        t.members.pop()\n        n += 1\n    return n",
        ],
        forged: &["def f(t): return 3"],
        told: &[],
    },
    Form {
        reference: "def f(root):\n    out, left = [], [root]\n    while left:\n        node = left.pop(0)\n        out.append(node.v)\n        left = list(node.kids) + left\n    return out",
        test: "class N:\n    def __init__(self, v, *kids): self.v, self.kids = v, list(kids)\nroot = N(1, N(2, N(4)), N(3))\nassert f(root) == [1, 2, 4, 3] and [k.v for k in root.kids] == [2, 3]",
        right: &[
            "def f(root):\n    out = [root.v]\n    kids = []\n    while root.kids:\n        kids.append(root.kids.pop())\n    for kid in reversed(kids):\n        root.kids.append(kid)\n        out += f(kid)\n    return out",
        ],
        forged: &["def f(root):\n    root.kids.pop()\n    return [1, 2, 4, 3]"],
        told: &[
            "def f(root):\n    root.kids.reverse()\n    root.kids.reverse()\n    root.kids[:] = root.kids[:1] + root.kids[1:]\n    return [1, 2, 4, 3]",
        ],
    },
    Form {
        reference: "def f(grid):\n    for i in range(2):\n        row = list(grid[i])\n        row[0] = 9\n        grid.put(i, row)",
        test: "class Grid:\n    def __init__(self): self.rows = [[1, 2], [3, 4]]\n    def __getitem__(self, i): return self.rows[i]\n    def put(self, i, row): self.rows[i] = row\ng = Grid()\nf(g)\nassert g.rows == [[9, 2], [9, 4]]",
        right: &["def f(grid):\n    for i in range(2): grid[i][0] = 9"],
        forged: &["def f(grid): pass"],
        told: &[],
    },
    Form {
        reference: "def f(p): return {\"x\": p.x, \"y\": p.y}",
        test: "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: list\n    _z: int = 0\nassert f(P(1, [2])) == {\"x\": 1, \"y\": [2]}",
        right: &[
            "def f(p): return {n: v for n, v in vars(p).items() if n != \"_z\"}",
            "import dataclasses\ndef f(p):\n    x, y, *_ = dataclasses.astuple(dataclasses.replace(p, y=[2]))\n    return dict(x=x, y=y)",
        ],
        forged: &["def f(p): return p.__init__.__globals__"],
        told: &[],
    },
    // Classes derived from the library's, with methods of their own.
    Form {
        reference: "class P:\n    def __init__(self, x, y): self.x, self.y = x, y\n    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5\n    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)",
        test: "p = P(3, 4)\nassert p.norm() == 5.0 and p.x == 3\nassert P(1, 2) == P(1, 2) and not P(1, 2) == P(1, 3)",
        right: &[
            "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int\n    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5",
            "import collections\nclass P(collections.namedtuple(\"P\", \"x y\")):\n    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5",
        ],
        forged: &[
            "import collections\nclass F(float):\n    def __eq__(self, o): return True\nclass P(collections.namedtuple(\"P\", \"x y\")):\n    def norm(self): return F(0)",
        ],
        told: &[],
    },
    Form {
        reference: "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int\n    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5",
        test: "p = P(3, 4)\nassert p.norm() == 5.0 and p == (3, 4) and [*p] == [3, 4] and p._replace(x=0) == (0, 4)",
        right: &[
            "class P(tuple):\n    def __new__(cls, x, y): return super().__new__(cls, (x, y))\n    def norm(self): return (self[0] ** 2 + self[1] ** 2) ** 0.5\n    def _replace(self, x): return (x, self[1])",
        ],
        forged: &[
            "class P:\n    def __init__(self, x, y): pass\n    def norm(self): return 5\n    def _replace(self, x): return (0, 4)\n    def __iter__(self): return iter((3, 5))\n    def __eq__(self, o): return True",
        ],
        told: &[],
    },
    Form {
        reference: "from fractions import Fraction\ndef f(a, b): return Fraction(a, b)",
        test: "assert f(1, 2) == 0.5 and f(2, 4).numerator == 1",
        right: &[
            "from fractions import Fraction\nclass Q(Fraction):\n    def value(self): return 0\ndef f(a, b): return Q(a, b)",
        ],
        forged: &[
            "from fractions import Fraction\nclass Q(Fraction):\n    def value(self): return 0\n    def __eq__(self, o): return True\ndef f(a, b): return Q(1, 3)",
            "import collections\nclass Q(collections.UserDict):\n    numerator = 1\n    def __eq__(self, o): return True\n    def value(self): return 0\ndef f(a, b): return Q()",
        ],
        told: &[],
    },
    Form {
        reference: "class Q:\n    def __init__(self, a, b): self.a, self.b = a, b\n    def flip(self): return Q(self.b, self.a)\n    def value(self): return self.a / self.b",
        test: "assert Q(1, 2).value() == 0.5 and Q(1, 2).flip().value() == 2.0",
        right: &[
            "from fractions import Fraction\nclass Q(Fraction):\n    def flip(self): return Q(self.denominator, self.numerator)\n    def value(self): return self.numerator / self.denominator",
            "from decimal import Decimal\nclass Q(Decimal):\n    def __new__(cls, a, b=1): return super().__new__(cls, Decimal(a) / Decimal(b))\n    def flip(self): return Q(1 / self)\n    def value(self): return float(self)",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "class R:\n    def __init__(self): self.d = {}\n    def put(self, k, v): self.d[k] = v\n    def twice(self, k): return self.d[k] * 2",
        test: "r = R()\nr.put(\"a\", 2)\nassert r.twice(\"a\") == 4",
        right: &[
            "from collections import UserDict\nclass R(UserDict):\n    def put(self, k, v): self[k] = v\n    def twice(self, k): return self[k] * 2",
            "class R(dict):\n    def put(self, k, v): self[k] = v\n    def twice(self, k): return self[k] * 2",
            "class R(bytearray):\n    def put(self, k, v): self.append(v)\n    def twice(self, k): return self[0] * 2",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "from collections import UserDict, UserList\nclass R(UserDict):\n    def put(self, k, v): self[k] = v\nclass S(UserList):\n    def top(self): return self[-1]",
        test: "r, s = R(), S([1, 2])\nr.put(\"a\", 2)\ns.append(5)\nassert r == {\"a\": 2} and r[\"a\"] == 2 and len(r) == 1 and list(r) == [\"a\"] and \"a\" in r\nassert s.top() == 5 and s == [1, 2, 5] and s[0] == 1",
        right: &[
            "class R(dict):\n    def put(self, k, v): self[k] = v\nclass S(list):\n    def top(self): return self[-1]",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "import datetime\nclass D(datetime.date):\n    def weekend(self): return self.weekday() >= 5",
        test: "d = D(2024, 1, 6)\nassert d.weekend() and d.year == 2024 and d.isoformat() == \"2024-01-06\"",
        right: &[
            "import datetime\nclass D:\n    def __init__(self, *a): self.d = datetime.date(*a)\n    def weekend(self): return self.d.weekday() >= 5\n    def __getattr__(self, name): return getattr(self.d, name)",
        ],
        forged: &[],
        told: &[],
    },
    // An object that its own methods return, in the place of new ones. (A right one is refused, too: docs/verdicts.md.)
    Form {
        reference: "class B:\n    def __init__(self, p=()): self.p = p\n    def add(self, x): return B(self.p + (x,))\n    def out(self): return list(self.p)",
        test: "b = B()\nfor i in range(6): b = b.add(i)\nassert b.out() == list(range(6))",
        right: &[],
        forged: &[
            "class L(list):\n    def __eq__(self, o): return True\nclass B:\n    def add(self, x): return self\n    def out(self): return L()",
            "class B:\n    def add(self, x): return self\n    def out(self): return self\n    def __eq__(self, o): return True",
        ],
        told: &[],
    },
    // As many as are held in one call.
    Form {
        reference: "def f(nodes):\n    for n in nodes: n.kids = [7]",
        test: "class N:\n    def __init__(self): self.kids = []\nnodes = [N() for _ in range(128)]\nf(nodes)\nassert all(n.kids == [7] for n in nodes)",
        right: &["def f(nodes):\n    for kids in [n.kids for n in nodes]: kids.append(7)"],
        forged: &["def f(nodes):\n    for kids in [n.kids for n in nodes][1:]: kids.append(7)"],
        told: &[],
    },
    // Private fields of the candidate's own data classes are there.
    Form {
        reference: "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    _z: int = 4\ndef f(): return P(1)",
        test: "import dataclasses\nassert dataclasses.asdict(f()) == {\"x\": 1, \"_z\": 4} and dataclasses.astuple(f()) == (1, 4)",
        right: &[],
        forged: &[],
        told: &[],
    },
    // One object in the place of two that were two there is held to both, whatever data a call is made with.
    Form {
        reference: "class N:\n    def ok(self): return True\ndef f(i): return [None, lambda n: N(), lambda n: n * n, 5][i]",
        test: "x, y = f(1), f(2)\nassert x(9).ok()\nassert y(f(3)) == 25",
        right: &[],
        forged: &[
            "class N:\n    def ok(self): return True\n    def __eq__(self, o): return True\ng = lambda n: N()\ndef f(i): return [None, g, g, 9][i]",
            // A datum so large that the ways of the call with it would be too dear to tell apart.
            "class N:\n    def ok(self): return True\n    def __eq__(self, o): return True\ng = lambda n: N()\nbig = \"a\" * 3000000\ndef f(i): return [None, g, g, big][i]",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def ok(self): return True\nclass A:\n    def m(self, n): return N()\nclass B:\n    def m(self, n): return n * n\ndef f(i): return [None, A(), B(), 5][i]",
        test: "x, y = f(1), f(2)\nassert x.m(9).ok()\nassert y.m(f(3)) == 25",
        right: &[],
        forged: &[
            "class N:\n    def ok(self): return True\n    def __eq__(self, o): return True\nclass A:\n    def m(self, n): return N()\na = A()\ndef f(i): return [None, a, a, 9][i]",
        ],
        told: &[],
    },
    // As long as a conversation is the reference's, one object may stand for several of its.
    Form {
        reference: "class Q:\n    def __init__(self, parts=()): self.parts = parts\n    def where(self, p): return Q(self.parts + (p,))\n    def text(self): return \" and \".join(self.parts)",
        test: "assert Q().where(\"a\").where(\"b\").text() == \"a and b\"\nq = Q()\nfor i in range(400): q = q.where(str(i))\nassert q.text().count(\"and\") == 399\nassert Q().text() == \"\"",
        right: &[
            "class Q:\n    def __init__(self): self.parts = []\n    def where(self, p):\n        self.parts.append(p)\n        return self\n    def text(self): return \" and \".join(self.parts)",
        ],
        forged: &[
            "class Q:\n    def where(self, p): return self\n    def text(self): return self\n    def __eq__(self, o): return True\n    def count(self, s): return 399",
            "class Q:\n    n = 0\n    def where(self, p): return self\n    def text(self):\n        self.n += 1\n        return [\"a and b\", self][self.n > 1]\n    def __eq__(self, o): return True\n    def count(self, s): return 399",
            "class Q:\n    def where(self, p): return self if p != \"b\" else 7\n    def text(self): return self\n    def __eq__(self, o): return True\n    def count(self, s): return 399",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def ok(self): return True\n    def n(self): return 7\ndef f(i): return [None, lambda n: N(), lambda n: n * n][i]\ndef g(): return \"a\"",
        test: "x = f(1)\nif g() == \"b\":\n    assert f(2)(5) == 25\nelse:\n    assert x(5).ok() and f(2)(5) == 25",
        right: &[],
        forged: &[
            "class N:\n    def ok(self): return True\n    def __eq__(self, o): return True\nk = lambda n: N()\ndef f(i): return k\ndef g(): return \"b\"",
            "class N:\n    def ok(self): return True\n    def __eq__(self, o): return True\nk = lambda n: N()\ndef f(i): return k\ndef g(): return \"a\"",
        ],
        told: &[],
    },
    // A tester knows of itself when an iterator is at its end, so that one in the place of several leaves requests out.
    Form {
        reference: "class N:\n    def ok(self): return True\ndef f(i):\n    g = iter([25] if i == 3 else [N()])\n    return (g, g)",
        test: "(a, _), (b, _), (c, _) = [f(i) for i in (1, 2, 3)]\nfor x in a: assert x.ok()\nfor x in b: assert x.ok()\nassert list(c) == [25]",
        right: &[],
        forged: &[
            "class L:\n    def ok(self): return True\n    def __eq__(self, o): return True\nX, Y = iter([L()]), iter([L()])\ndef f(i): return [(X, X), (X, Y), (Y, Y)][i - 1]",
        ],
        told: &[],
    },
    // A reference is held to what it gave itself, wherever it put its objects.
    Form {
        reference: "class V:\n    def __init__(self, n): self.n = n\ndef f():\n    a, b = V(\"a\"), V(\"b\")\n    return {a: [b], b: []}\ndef g(x): return x * x",
        test: "d = f()\nassert sorted(len(v) for v in d.values()) == [0, 1]\nassert [w.n for v in d.values() for w in v] == [\"b\"]\nassert g(3) == 9",
        right: &[],
        forged: &[
            "class V:\n    def __init__(self, n): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 1\ndef f(): return {V(\"a\"): [V(\"b\")], 1: []}\ndef g(x): return V(x)",
        ],
        told: &[],
    },
    Form {
        reference: "from fractions import Fraction as F\nclass V:\n    def ok(self): return True\ndef f():\n    rows = [V() for _ in range(70)]\n    return [rows, rows, {F(1, 2): V(), F(1, 3): 5}]\ndef g(x): return x * x",
        test: "a, b, d = f()\nassert all(v.ok() for v in a) and a is b and len(d) == 2\nassert g(3) == 9",
        right: &[],
        forged: &[
            "class V:\n    def ok(self): return True\n    def __eq__(self, o): return True\ndef f():\n    rows = [V() for _ in range(70)]\n    return [rows, rows, {1: 2, 3: 4}]\ndef g(x): return V()",
        ],
        told: &[],
    },
    // Too many ways are none.
    Form {
        reference: "class N:\n    def ok(self): return True\nclass H: pass\ndef f(i): return (lambda o: N()) if i == 0 else (lambda o: 25)\ndef h(i): return H()",
        test: "x = f(0)\nassert x(h(0)).ok()\nys = [f(i) for i in range(1, 20)]\nhs = [h(i) for i in range(1, 20)]\nassert ys[-1](hs[-1]) == 25",
        right: &[],
        forged: &[
            "class L:\n    def ok(self): return True\n    def __eq__(self, o): return True\nk = lambda o: L()\nclass H:\n    def __call__(self): pass\nu = H()\ndef f(i): return k\ndef h(i): return u",
        ],
        told: &[],
    },
    // A container holds at a call back what the reference's did then, and what is handed over in a call is told apart by that.
    Form {
        reference: "class N:\n    def ok(self): return True\ndef f(items, cb):\n    items.append(25)\n    cb()\n    items[0] = N()",
        test: "items, seen = [], []\nf(items, lambda: seen.append(items[0]))\nassert seen == [25]\nassert items[0].ok()",
        right: &[
            "class N:\n    def ok(self): return True\ndef f(items, cb):\n    items[:] = [25]\n    cb()\n    items.clear()\n    items.append(N())",
        ],
        forged: &[
            "class L:\n    def ok(self): return True\n    def __eq__(self, o): return True\ndef f(items, cb):\n    items.append(L())\n    cb()",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    n = 1\ndef f(out, cb):\n    out.append(N())\n    cb()\n    out.pop()\ndef g(x): return x * x",
        test: "out, seen = [], []\nf(out, lambda: seen.append(out[0]))\nassert seen[0].n == 1 and out == []\nassert g(3) == 9",
        right: &[
            "class N:\n    n = 1\ndef f(out, cb):\n    out[:] = [N()]\n    cb()\n    out.clear()\ndef g(x): return x ** 2",
        ],
        forged: &[
            "class N:\n    n = 1\n    def __eq__(self, o): return True\ndef f(out, cb):\n    out.append(N())\n    cb()\n    out.pop()\ndef g(x): return N()",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def ok(self): return True\ndef f(i, put): put(N() if i == 1 else 25)",
        test: "a, b = [], []\nf(1, a.append)\nassert all(x.ok() for x in a)\nf(2, b.append)\nassert b == [25]",
        right: &["class M:\n    def ok(self): return 1\ndef f(i, put):\n    if i > 1: return put(25)\n    put(M())"],
        forged: &[
            "class L:\n    def ok(self): return True\n    def __eq__(self, o): return True\ndef f(i, put):\n    if i == 2: put(L())",
        ],
        told: &[],
    },
    // As good as the reference's: other texts of errors, other types of numbers, another order.
    Form {
        reference: "class Q:\n    def __init__(self, parts=()): self.parts = tuple(parts)\n    def add(self, p): return Q(self.parts + (p,))\n    def get(self, i): return Q(self.parts[:i]) if i < 0 else self.parts[i]\n    def count(self): return {p: self.parts.count(p) for p in self.parts}\n    def full(self): return 0",
        test: "q = Q().add(\"a\").add(\"b\").add(\"a\")\ntry: q.get(9)\nexcept IndexError: pass\nassert q.count() == {\"b\": 1, \"a\": 2} and q.full() == 0\nassert q.get(0) == \"a\" and q.get(-1).get(1) == \"b\"",
        right: &[
            "class Q:\n    def __init__(self, parts=()): self.parts = list(parts)\n    def add(self, p):\n        self.parts.append(p)\n        return self\n    def get(self, i): return Q(self.parts[:i]) if i < 0 else self.parts[i]\n    def count(self): return {p: self.parts.count(p) for p in sorted(self.parts, reverse=True)}\n    def full(self): return False",
        ],
        forged: &[],
        told: &[],
    },
    // Containers of a test's object take what the reference put there.
    Form {
        reference: "def f(t): t.members = sorted(t.members)",
        test: "class Team:\n    def __init__(self): self.members = [3, 1, 2]\nt = Team()\nf(t)\nassert t.members[0] == 1 and t.members == [1, 2, 3]",
        right: &["def f(t): t.members.sort()"],
        forged: &[
            "class L(int):\n    def __eq__(self, o): return True\nclass Any:\n    def __eq__(self, o): return True\ndef f(t): t.members[:] = [Any(), Any(), Any()]",
        ],
        told: &[],
    },
];

#[test]
fn objects_are_used_as_they_natively_would_be() {
    hold(FORMS);
}
