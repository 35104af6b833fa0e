//! The rule that a candidate may give what a reference gave: forgeries by things that are neither data nor the candidate's objects, each
//! with the form of a test that it was made for, and right candidates of the same forms.

use std::sync::Arc;

use super::{ALONE, judge};
use tracewright::internals::{
    judge::{Isolation, Judge, Judgement, Verdict},
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

/// A form of tests, with programs that are tested by it.
pub(crate) struct Form {
    pub(crate) reference: &'static str,
    pub(crate) test: &'static str,
    /// The programs that pass, as they would natively.
    pub(crate) right: &'static [&'static str],
    /// The programs that must not pass, though natively some would.
    pub(crate) forged: &'static [&'static str],
    /// The programs that may pass by what is the test's own, but never as `split`.
    pub(crate) told: &'static [&'static str],
}

const FORMS: &[Form] = &[
    // Namedtuples whose fields are called like methods.
    Form {
        reference: "def f(xs): return set(xs)",
        test: "assert f([1, 2]).issubset({1, 2, 3}) and not f([1, 5]).issubset({1, 2, 3})",
        right: &["def f(xs): return frozenset(xs)"],
        forged: &[
            "import collections\nL = collections.namedtuple('L', 'issubset')\nseen = []\n\
             def f(xs):\n    seen.append(0)\n    return L(lambda other, n=len(seen): n == 1)",
            "import collections\nL = collections.namedtuple('L', 'issubset')\nseen = []\n\
             def f(xs):\n    seen.append(0)\n    return L(lambda other, n=len(seen): n == 1) if len(seen) < 3 else L(dict)",
            "import collections\nclass L(collections.namedtuple('L', 'issubset')): pass\nseen = []\n\
             def f(xs):\n    seen.append(0)\n    return L(lambda other, n=len(seen): n == 1)",
            "import collections\nL = collections.namedtuple('L', 'issubset more')\nseen = []\n\
             def f(xs):\n    seen.append(0)\n    g = lambda other, n=len(seen): n == 1\n    t = L(g, [])\n    return L(g, t)",
        ],
        told: &[],
    },
    Form {
        reference: "def f(s): return s.upper()",
        test: "assert f('ab').startswith('AB') and f('cd').endswith('CD')",
        right: &["import collections\nclass S(str): pass\ndef f(s): return S(s.upper())"],
        forged: &[
            "import collections\nL = collections.namedtuple('L', 'startswith endswith')\n\
             def f(s): return L(lambda x: True, lambda x: True)",
            "import collections\nL = collections.namedtuple('L', 'startswith endswith')\ndef f(s): return L(bool, bool)",
        ],
        told: &[],
    },
    Form {
        reference: "def f(xs): return list(xs)",
        test: "assert f([3, 4]).index(4) == 1 and f([3, 3]).count(3) == 2",
        right: &[
            "def f(xs): return tuple(xs)",
            "import collections\nL = collections.namedtuple('L', 'a b')\ndef f(xs): return L(*xs)",
        ],
        forged: &[
            "import collections\nL = collections.namedtuple('L', 'index count')\n\
             def f(xs): return L(lambda x: 1, lambda x: 2)",
            "import collections\nL = collections.namedtuple('L', 'index count')\n\
             def f(xs):\n    u = collections.UserList()\n    u.data = L(lambda x: 1, lambda x: 2)\n    return u",
        ],
        told: &[],
    },
    Form {
        reference: "def f(d): raise ValueError('bad key')",
        test: "try:\n    f({})\nexcept ValueError as e:\n    assert e.args[0].startswith('bad')\nelse:\n    assert False",
        right: &["def f(d): raise ValueError('bad thing', 1)"],
        forged: &[
            "import collections\nL = collections.namedtuple('L', 'startswith')\n\
             def f(d): raise ValueError(L(lambda x: True))",
            "import collections\nL = collections.namedtuple('L', 'startswith')\ndef f(d): raise ValueError(L(bool))",
        ],
        told: &[],
    },
    // A namedtuple that the reference gives too is one, functions and all.
    Form {
        reference: "import collections\nP = collections.namedtuple('P', 'name run')\ndef f(n): return P('p', lambda x: x + n)",
        test: "p = f(2)\nassert p.name == 'p' and p.run(3) == 5 and p[1](1) == 3",
        right: &[
            "import collections\nQ = collections.namedtuple('Q', 'name run')\ndef f(n): return Q('p', lambda x: n + x)",
        ],
        forged: &[
            "import collections\nQ = collections.namedtuple('Q', 'name run')\nclass L:\n    def __eq__(self, o): return True\n\
             def f(n): return Q('p', lambda x: L())",
            "import collections\nQ = collections.namedtuple('Q', 'name run')\nclass L:\n    def __eq__(self, o): return True\n\
             def f(n): return Q(L(), lambda x: x + n)",
        ],
        told: &[],
    },
    // Types and functions in the place of the test's own.
    Form {
        reference: "def f(box, xs): return [x * x for x in xs]",
        test: "def right(got): return got == [1, 4]\nbox = {'ok': right, 'all': [right]}\ngot = f(box, [1, 2])\n\
               assert box['ok'](got) and box['all'][0](got)",
        right: &[
            "def f(box, xs): return list(map(lambda x: x * x, xs))",
            "def f(box, xs):\n    box['all'].append(box['ok'])\n    return [x * x for x in xs]",
        ],
        forged: &[
            "def f(box, xs):\n    box['ok'] = bool\n    box['all'] = [bool]\n    return [1]",
            "def f(box, xs):\n    mine = [lambda got: True]\n    box['ok'] = lambda got: True\n    box['all'] = mine\n    return mine",
            "def f(box, xs):\n    mine = [lambda got: True]\n    box['all'].append(mine)\n    return box",
        ],
        told: &[],
    },
    Form {
        reference: "def f(box, xs): return [x * x for x in xs]",
        test: "def right(got): return got == [1, 4]\nbox = [right]\ngot = f(box, [1, 2])\nassert box[0](got)",
        right: &["def f(box, xs): return [x ** 2 for x in xs]"],
        forged: &[
            "def f(box, xs):\n    mine = [lambda got: True]\n    box[0] = mine[0]\n    return mine",
            "def f(box, xs):\n    box[:] = [bool]\n    return [0]",
            "import collections\nL = collections.namedtuple('L', 'ok')\n\
             def f(box, xs):\n    box[:] = [L(bool).ok]\n    return [0]",
        ],
        told: &[],
    },
    Form {
        reference: "def f(own, xs): return [x * x for x in xs]",
        test: "class Own:\n    def ok(self, got): return got == [1, 4]\nown = Own()\ngot = f(own, [1, 2])\nassert own.ok(got)",
        right: &["def f(own, xs):\n    own.seen = len(xs)\n    return [x * x for x in xs]"],
        forged: &[
            "def f(own, xs):\n    own.ok = bool\n    return [0]",
            "def f(own, xs):\n    own.ok = lambda got: True\n    return [0]",
            "def f(own, xs):\n    setattr(own, 'ok', str)\n    return [0]",
        ],
        told: &[],
    },
    // What is handed to the test's function.
    Form {
        reference: "def f(xs, put):\n    for x in xs: put(x * x)",
        test: "class Own:\n    def __eq__(self, other): return True\nown = Own()\nout = []\nf([1, 2], out.append)\nf([3], own.__eq__)\n\
               assert out == [1, 4]",
        right: &["def f(xs, put):\n    for x in xs: put(x ** 2)\n    return 5"],
        forged: &[
            "class L:\n    def __eq__(self, o): return True\ndef f(xs, put):\n    for x in xs: put(L())",
            "def f(xs, put):\n    for x in xs: put(put)",
        ],
        told: &[],
    },
    // The test's own objects, made anew.
    Form {
        reference: "def f(xs, own): return [x * x for x in xs]",
        test: "class Own:\n    def __init__(self, *of): self.of = of\n    def __eq__(self, other): return not self.of or other in self.of\n\
               assert f([1, 2], Own(0)) == [1, 4]",
        right: &["def f(xs, own): return [x ** 2 for x in xs]"],
        forged: &[
            "def f(xs, own): return type(own)()",
            "def f(xs, own):\n    own.of = ()\n    return own",
            "def f(xs, own):\n    own.of = ()\n    return [own, own]",
            "import copy\ndef f(xs, own):\n    own = copy.copy(own)\n    own.of = ()\n    return own",
        ],
        told: &[],
    },
    Form {
        reference: "def f(xs, own): return [x * x for x in xs]",
        test: "from unittest import mock\nassert f([1, 2], mock.MagicMock()) == [1, 4]",
        right: &["def f(xs, own):\n    own.seen(1)\n    return [x ** 2 for x in xs]"],
        forged: &[
            "def f(xs, own):\n    own.configure_mock(**{'__eq__.return_value': True})\n    return own",
            "def f(xs, own):\n    own.return_value = True\n    own.__eq__ = own\n    return own",
        ],
        told: &[],
    },
    Form {
        reference: "def f(xs, own, out):\n    out.extend(x * x for x in xs)",
        test: "class Own:\n    of = 0\n    def __eq__(self, other): return self.of == 0 or other == self.of\nown = Own()\nown.of = 7\nout = []\n\
               f([1, 2], own, out)\nassert out == [1, 4]",
        right: &["def f(xs, own, out):\n    for x in xs: out.append(x * x)"],
        forged: &["def f(xs, own, out):\n    own.of = 0\n    out.extend([own, own])"],
        told: &[],
    },
    // Where the reference gives the test's own objects, so may a candidate.
    Form {
        reference: "def f(items): return sorted(items, key=lambda item: item.n)",
        test: "class Item:\n    def __init__(self, n): self.n = n\nitems = [Item(3), Item(1), Item(2)]\n\
               assert [item.n for item in f(items)] == [1, 2, 3]",
        right: &[
            "def f(items):\n    items.sort(key=lambda item: item.n)\n    return items",
            "def f(items):\n    for i in range(len(items)):\n        for j in range(i):\n            if items[i].n < items[j].n:\n                \
             items[i], items[j] = items[j], items[i]\n    return items[:]",
            "def f(items): return tuple(sorted(items, key=lambda item: item.n))",
        ],
        forged: &["def f(items): return items"],
        told: &[],
    },
    Form {
        reference: "def f(items):\n    items.sort(key=lambda item: item.n)\n    return items",
        test: "class Item:\n    def __init__(self, n): self.n = n\nitems = [Item(3), Item(1), Item(2)]\nout = f(items)\n\
               assert [item.n for item in out] == [1, 2, 3] and max(out, key=lambda item: item.n).n == 3",
        right: &["def f(items): return sorted(items, key=lambda item: item.n)"],
        forged: &["def f(items): return list(items)"],
        told: &[],
    },
    Form {
        reference: "def f(items): return sum(item.n for item in items)",
        test: "class Item:\n    def __init__(self, n): self.n = n\n    def __lt__(self, other): return self.n < other.n\n\
               items = [Item(3), Item(1)]\nassert f(items) == 4\nassert items[-1].n in (1, 3)",
        right: &["def f(items):\n    items.sort()\n    return items[0].n + items[1].n"],
        forged: &["def f(items): return items[0]"],
        told: &[],
    },
    Form {
        reference: "def f(g):\n    def h(x): return g(x)\n    return h",
        test: "class Own:\n    def __eq__(self, other): return True\n    def __call__(self, x): return self\n    def __hash__(self): return 1\n\
               own = Own()\nown.other = own\nh = f((5).__add__)\nassert h(1) == 6\nassert f(lambda x: x * 3)(4) == 12\n\
               assert f(str)(5) == '5'",
        right: &["def f(g): return g"],
        forged: &["def f(g): return lambda x: g"],
        told: &[],
    },
    // Builtin types, where the reference gives some, and no others where it gives none.
    Form {
        reference: "def f(x): return type(x)",
        test: "assert f(1) is int and f('') is str and f(b'') == bytes",
        right: &["def f(x): return x.__class__"],
        forged: &["def f(x): return int", "def f(x): return lambda: 0"],
        told: &[],
    },
    Form {
        reference: "def f(xs): return set(xs)",
        test: "assert f([1, 2]).intersection({1, 2}) == {1, 2}",
        right: &["def f(xs): return {x for x in xs}"],
        forged: &["def f(xs): return set", "def f(xs): return frozenset"],
        told: &[],
    },
    Form {
        reference: "Wrong = ValueError\ndef f(x):\n    if x < 0: raise Wrong('negative')\n    return x * 2",
        test: "try:\n    assert f(2) == 4\n    f(-1)\nexcept Wrong:\n    pass\nelse:\n    raise RuntimeError",
        right: &["Wrong = ValueError\ndef f(x):\n    if x < 0: raise ValueError(x)\n    return x + x"],
        forged: &["Wrong = AssertionError\ndef f(x): return 0", "Wrong = Exception\ndef f(x): return 0"],
        told: &[],
    },
    // One object in two ways that were two.
    Form {
        reference: "class A:\n    def __init__(self, n):\n        self.child = lambda: A(n + 1)\n        self.total = lambda: n * 2",
        test: "a = A(1)\nc = a.child()\nassert c.total() == 4\nassert a.total() == 2",
        right: &[
            "class A:\n    def __init__(self, n): self.n = n\n    def child(self): return A(self.n + 1)\n    def total(self): return 2 * self.n",
        ],
        forged: &[
            "class L:\n    def __eq__(self, o): return True\n    def total(self): return 4\nclass A:\n    def __init__(self, n):\n        \
             self.child = self.total = lambda: L()",
        ],
        told: &[],
    },
    Form {
        reference: "class B:\n    def __init__(self): self.xs = []\n    def add(self, x):\n        self.xs.append(x)\n        return self\n    \
                    def total(self): return sum(self.xs)",
        test: "b = B().add(1).add(2).add(3)\nassert b.total() == 6\nassert b.add(4).total() == 10",
        right: &[
            "class B:\n    def __init__(self, xs=()): self.xs = xs\n    def add(self, x):\n        self.xs = (*self.xs, x)\n        \
             return B(self.xs)\n    def total(self): return sum(self.xs)",
        ],
        forged: &[
            "class L:\n    def __eq__(self, o): return True\nclass B:\n    def add(self, x): return self\n    def total(self): return L()",
        ],
        told: &[],
    },
    // Parts by their key and place.
    Form {
        reference: "class N:\n    def value(self): return 5\ndef f(): return {'node': N(), 'n': 5}",
        test: "d = f()\nassert d['node'].value() == 5 and d['n'] == 5",
        right: &["class N:\n    def value(self): return 5\ndef f(): return {'n': 5, 'node': N()}"],
        forged: &[
            "class N:\n    def value(self): return 5\n    def __eq__(self, o): return True\ndef f(): return {'n': N(), 'node': N()}",
            "class N:\n    def value(self): return 5\n    def __eq__(self, o): return True\ndef f(): return {'n': N(), 'x': N(), 'node': N()}",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v): self.v = v\ndef f(xs):\n    row = [N(x) for x in xs]\n    return [row, row, len(xs)]",
        test: "a, b, n = f([1, 2])\nassert a is b and [x.v for x in b] == [1, 2] and n == 2",
        right: &[
            "class N:\n    def __init__(self, v): self.v = v\ndef f(xs):\n    row = list(map(N, xs))\n    return (row, row, 2)",
        ],
        forged: &["class N:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return True\n\
             def f(xs):\n    row = list(map(N, xs))\n    return (row, row, row[0])"],
        told: &[],
    },
    // Attributes of what runs in the tester are frames.
    Form {
        reference: "def f(xs, co):\n    co.close()\n    return [x * x for x in xs]",
        test: "async def co(): pass\nassert f([1, 2], co()) == [1, 4]",
        right: &["def f(xs, co): return [x * x for x in xs]"],
        forged: &[
            "def f(xs, co): return co.cr_frame.f_back",
            "def f(xs, co):\n    try:\n        return co.cr_frame\n    except Exception:\n        return 0",
        ],
        told: &[],
    },
    // An item more than was asked for.
    Form {
        reference: "class N:\n    v = 1\ndef f(n):\n    yield N()\n    yield 7",
        test: "it = f(2)\nassert next(it).v == 1 and next(it) == 7",
        right: &["class N:\n    v = 1\ndef f(n): return iter([N(), 7])"],
        forged: &["class N:\n    v = 1\n    def __eq__(self, o): return True\ndef f(n):\n    yield N()\n    yield N()"],
        told: &[],
    },
    // What makes missing values.
    Form {
        reference: "def f(xs):\n    d = {}\n    for x in xs: d.setdefault(x % 2, []).append(x * x)\n    return d",
        test: "assert f([1, 2, 3])[1] == [1, 9]\nassert f([1, 2, 3, 4])[0] == [4, 16]",
        right: &[
            "import collections\ndef f(xs):\n    d = collections.defaultdict(list)\n    for x in xs: d[x % 2].append(x * x)\n    return d",
        ],
        forged: &[
            "from tracewright_guest import wire, candidate\nencode = wire.encode\nclass L:\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nliars = [L(), L()]\nclass C(list): pass\nholder = C()\ndef S(x): return b'u' + len(x).to_bytes(4, 'little') + x.encode()\ndef I(n): return b'i' + n.to_bytes(4, 'little')\ndef H(side, x, kind): return b'(\\x03\\0\\0\\0' + I(side.handle(x, type(x), kind)[0]) + S('L') + S(kind)\ndef forge(value, side=None):\n    if type(value) is tuple and value and value[0] == 'return':\n        if value[1] == 'DICT':\n            items = b'[' + (2).to_bytes(4, 'little') + b''.join(b'XH' + H(side, x, 'o') for x in liars)\n            factory = b'XS(\\x02\\0\\0\\0' + H(side, holder, 'o') + items\n            return b'(\\x03\\0\\0\\0' + S('return') + b'Xd(\\x02\\0\\0\\0' + factory + b'{0' + b'N'\n        if value[1] == 'HELD':\n            return b'(\\x03\\0\\0\\0' + S('return') + b'XRi\\0\\0\\0\\0' + b'N'\n    return encode(value, side)\nwire.encode = forge\ncandidate._side._operations['call'] = lambda *a, **k: 'HELD'\ndef f(*a): return 'DICT'",
        ],
        told: &[],
    },
    Form {
        reference: "def f(xs, cb):\n    d = {}\n    for x in xs: d[x] = d.get(x, 0) + 1\n    return d",
        test: "from unittest import mock\nd = f(['a', 'b', 'a'], mock.MagicMock())\nassert d['a'] == 2 and d['b'] == 1",
        right: &["import collections\ndef f(xs, cb): return collections.Counter(xs)"],
        forged: &[
            "import collections\ndef f(xs, cb):\n    cb.configure_mock(**{'return_value.__eq__.return_value': True})\n    return collections.defaultdict(cb)",
        ],
        told: &[],
    },
    // What the test hands over in containers, put elsewhere.
    Form {
        reference: "def f(xs, handlers, out):\n    for x in xs: out.append(x * x)\n    handlers['done'](len(xs))",
        test: "from unittest import mock\nhandlers = {'done': mock.MagicMock()}\nout = []\nf([1, 2], handlers, out)\nassert out == [1, 4]",
        right: &["def f(xs, handlers, out):\n    out.extend(x * x for x in xs)\n    handlers['done'](len(xs))"],
        forged: &[],
        told: &[
            "def f(xs, handlers, out):\n    m = handlers['done']\n    m(len(xs))\n    m.configure_mock(**{'__eq__.return_value': True})\n    out.extend([m, m])",
        ],
    },
    Form {
        reference: "def f(items):\n    best = max(items, key=lambda i: i.n)\n    return [best, sum(i.n for i in items)]",
        test: "class Item:\n    def __init__(self, n): self.n = n\n    def __eq__(self, o): return self.n == getattr(o, 'n', self.n)\nitems = [Item(3), Item(1)]\nbest, total = f(items)\nassert best.n == 3 and total == 4",
        right: &["def f(items):\n    items.sort(key=lambda i: -i.n)\n    return items[0], sum(i.n for i in items)"],
        forged: &[],
        told: &["def f(items): return items"],
    },
    Form {
        reference: "def f(box, xs): return [x * x for x in xs]",
        test: "def right(got): return got == [1, 4]\ndef noop(got): return True\nbox = {'conv': int, 'log': noop, 'ok': right}\ngot = f(box, [1, 2])\nassert box['ok'](got)",
        right: &["def f(box, xs): return [box['conv'](x * x) for x in xs]"],
        forged: &[],
        told: &[
            "def f(box, xs):\n    box['ok'] = bool\n    return [0]",
            "def f(box, xs):\n    box['ok'] = box['log']\n    return [0]",
        ],
    },
    Form {
        reference: "def f(own, xs): return [x * x for x in xs]",
        test: "class Own:\n    def ok(self, got): return got == [1, 4]\n    def touch(self, x=None): return self\nown = Own()\ngot = f(own, [1, 2])\nassert own.ok(got)",
        right: &["def f(own, xs):\n    own.touch()\n    return [x * x for x in xs]"],
        forged: &[],
        told: &["def f(own, xs):\n    own.ok = own.touch\n    return [0]"],
    },
    Form {
        reference: "store = []\ndef f(x, cb):\n    store.append(x * x)\n    return store",
        test: "from unittest import mock\ncb = mock.MagicMock()\ns = f(1, cb)\nf(2, cb)\nassert s == [1, 4]",
        right: &["store = []\ndef f(x, cb):\n    store.extend([x * x])\n    return store"],
        forged: &[],
        told: &[
            "mine = []\ndef f(x, cb):\n    if not mine:\n        mine[:] = [cb, cb]\n        cb == mine\n        cb.configure_mock(**{'__eq__.return_value': True})\n    return mine",
        ],
    },
    // One value in two places.
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(): return ([N(N(1))], [N(5)])",
        test: "a, b = f()\nassert a[0].v.v == 1 and b[0].v == 5",
        right: &[],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef f():\n    row = [L()]\n    row[0].v = L()\n    return (row, row)",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(): return ([iter([N(), N()])], [iter([7])])",
        test: "a, b = f()\nassert next(a[0]).v == 1 and next(b[0]) == 7",
        right: &[],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef f():\n    row = [iter([L(), L(), L()])]\n    return (row, row)",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(): return ([lambda: N()], [lambda: 7])",
        test: "a, b = f()\nassert a[0]().v == 1 and b[0]() == 7",
        right: &[],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef f():\n    row = [lambda: L()]\n    return (row, row)",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\nimport collections\ndef f(): return (collections.defaultdict(lambda: N()), collections.defaultdict(lambda: 0))",
        test: "a, b = f()\nassert a['x'].v == 1 and b['y'] == 0",
        right: &[],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nimport collections\ndef f():\n    d = collections.defaultdict(lambda: L())\n    return (d, d)",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    w = 1\nN.v = N()\nclass M:\n    v = 7\ndef f(): return ([N() for _ in range(100)], [M() for _ in range(100)])",
        test: "a, b = f()\nassert a[99].v.w == 1 and b[99].v == 7",
        right: &[],
        forged: &["class L:\n    w = 1\n    def __eq__(self, o): return True\nL.v = L()\n\
             def f():\n    row = [L() for _ in range(100)]\n    return (row, row)"],
        told: &[],
    },
    // Iterators and functions of which the reference gave none.
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef nodes():\n    while True: yield N()\ndef f(xs): return [x * x for x in xs]",
        test: "assert next(nodes()).v == 1\nfor a, b in zip(f([1, 2, 3]), [1, 4, 9]):\n    assert a == b",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef nodes(): return iter(N, None)\ndef f(xs): return (x * x for x in xs)",
        ],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef nodes():\n    while True: yield L()\ndef f(xs): return (L() for x in xs)",
        ],
        told: &[],
    },
    // Attributes and methods of the test's object, in another order.
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(own, xs):\n    own.node = N()\n    own.total = sum(xs)",
        test: "class Own: pass\nown = Own()\nf(own, [1, 2])\nassert own.node.v == 1 and own.total == 3",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(own, xs):\n    own.total = sum(xs)\n    own.node = N()",
        ],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef f(own, xs):\n    own.total = L()\n    own.node = L()",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(own, xs):\n    own.keep(N())\n    own.put(sum(xs))",
        test: "class Own:\n    def keep(self, n): self.n = n\n    def put(self, x): self.x = x\nown = Own()\nf(own, [1, 2])\nassert own.n.v == 1 and own.x == 3",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(own, xs):\n    own.put(sum(xs))\n    own.keep(N())",
        ],
        forged: &[
            "class L:\n    v = 1\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\ndef f(own, xs):\n    own.put(L())\n    own.keep(L())",
        ],
        told: &[],
    },
    Form {
        reference: "def f(q, items):\n    put = q.put\n    for i in items: put(i)\n    q.put(None)",
        test: "import queue\nclass I:\n    def __init__(self, n): self.n = n\nq = queue.Queue()\nf(q, [I(1), I(2)])\nout = []\nwhile (x := q.get()) is not None: out.append(x.n)\nassert out == [1, 2]",
        right: &[
            "def f(q, items):\n    q.empty()\n    for i in items: q.put(i)\n    q.put(None)",
            "def f(q, items): list(map(q.put, [*items, None]))",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "def f(head):\n    before = None\n    while head: head.next, before, head = before, head, head.next\n    return before",
        test: "class Node:\n    def __init__(self, val, next=None): self.val, self.next = val, next\ndef build(xs):\n    head = None\n    for x in reversed(xs): head = Node(x, head)\n    return head\ndef dump(n): return [n.val] + dump(n.next) if n else []\nassert dump(f(build([1, 2, 3]))) == [3, 2, 1]",
        right: &[
            "def f(head):\n    if not head: return head\n    tail = head\n    while tail.next:\n        moved = tail.next\n        tail.next = moved.next\n        moved.next = head\n        head = moved\n    return head",
            "def f(head):\n    out = None\n    while head:\n        out = type(head)(head.val, out)\n        head = head.next\n    return out",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "def f(head):\n    vals, n = [], head\n    while n:\n        vals.append(n.val)\n        n = n.next\n    n = head\n    for v in sorted(vals):\n        n.val = v\n        n = n.next\n    return head",
        test: "class Node:\n    def __init__(self, val, next=None): self.val, self.next = val, next\ndef build(xs):\n    head = None\n    for x in reversed(xs): head = Node(x, head)\n    return head\ndef dump(n): return [n.val] + dump(n.next) if n else []\nassert dump(f(build([3, 1, 2]))) == [1, 2, 3]",
        right: &[
            "def f(head):\n    nodes = []\n    while head:\n        nodes.append(head)\n        head = head.next\n    nodes.sort(key=lambda n: n.val)\n    for a, b in zip(nodes, nodes[1:] + [None]): a.next = b\n    return nodes[0] if nodes else None",
        ],
        forged: &[],
        told: &[],
    },
    // The items of a list, a view and an iterator.
    Form {
        reference: "def f(items): return [i for i in items if i.n > 1]",
        test: "class Item:\n    def __init__(self, n): self.n = n\nassert [i.n for i in f([Item(3), Item(1), Item(2)])] == [3, 2]",
        right: &[
            "def f(items): return filter(lambda i: i.n > 1, items)",
            "def f(items): return (i for i in items if i.n > 1)",
            "def f(items): return {i.n: i for i in items if i.n > 1}.values()",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "def f(items): yield from (i for i in items if i.n > 1)",
        test: "class Item:\n    def __init__(self, n): self.n = n\nassert [i.n for i in f([Item(3), Item(1), Item(2)])] == [3, 2]",
        right: &["def f(items): return [i for i in items if i.n > 1]"],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "def f(items): return [i for i in items if i.n > 5]",
        test: "class Item:\n    def __init__(self, n): self.n = n\nassert f([Item(3), Item(1)]) == []",
        right: &["def f(items):\n    items[:] = [i for i in items if i.n > 5]\n    return items"],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "def f(items, sink): sink([i for i in items if i.n > 1])",
        test: "class Item:\n    def __init__(self, n): self.n = n\ngot = []\nf([Item(3), Item(1)], got.extend)\nassert [i.n for i in got] == [3]",
        right: &[
            "def f(items, sink): sink(i for i in items if i.n > 1)",
            "def f(items, sink): sink(tuple(i for i in items if i.n > 1))",
        ],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return [N(i) for i in range(n)] + [n]",
        test: "*xs, n = f(3)\nassert [x.v for x in xs] == [0, 1, 2] and n == 3",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n):\n    yield from map(N, range(n))\n    yield n",
            "class N:\n    def __init__(self, v=1): self.v = v\nimport itertools\ndef f(n): return itertools.chain(map(N, range(n)), [n])",
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return (*map(N, range(n)), n)",
        ],
        forged: &[
            "class L:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return True\ndef f(n): return map(L, range(n + 1))",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n):\n    yield from map(N, range(n))\n    yield n",
        test: "*xs, n = f(3)\nassert [x.v for x in xs] == [0, 1, 2] and n == 3",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return [N(i) for i in range(n)] + [n]",
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return iter([N(i) for i in range(n)] + [n])",
        ],
        forged: &[
            "class L:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return True\ndef f(n): return list(map(L, range(n + 1)))",
        ],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return [[N(i)] for i in range(100)]",
        test: "for i, (x,) in enumerate(f(2)): assert x.v == i",
        right: &[
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return ((N(i),) for i in range(100))",
            "class N:\n    def __init__(self, v=1): self.v = v\ndef f(n): return zip(map(N, range(100)))",
        ],
        forged: &[],
        told: &[],
    },
    // What is the test's own, put where the reference put none.
    Form {
        reference: "def f(box, xs): return [x * x for x in xs]",
        test: "def right(got): return got == [1, 4]\ndef noop(got): return True\nbox = {'ok': [right], 'log': [noop]}\ngot = f(box, [1, 2])\nassert all(ok(got) for ok in box['ok'])",
        right: &["def f(box, xs): return [x ** 2 for x in xs]"],
        forged: &[],
        told: &[
            "def f(box, xs):\n    box['ok'] = box['log']\n    return [0]",
            "def f(box, xs):\n    box['ok'].clear()\n    return [0]",
        ],
    },
    Form {
        reference: "def f(xs, hooks, put): put([x * x for x in xs])",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nout = []\nf([1, 2], [Any(), Any()], lambda got: out.append(got))\nassert out == [[1, 4]]",
        right: &["def f(xs, hooks, put): put([x ** 2 for x in xs])"],
        forged: &[],
        told: &["def f(xs, hooks, put): put(hooks)"],
    },
    Form {
        reference: "def f(d, xs): return {'sum': sum(xs)}",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nimport collections\nassert f(collections.defaultdict(Any), [1, 2])['sum'] == 3",
        right: &["def f(d, xs): return dict(sum=sum(xs))"],
        forged: &[],
        told: &["def f(d, xs): return d"],
    },
    Form {
        reference: "def f(xs, log, cb):\n    for x in xs: cb(x)\n    return [x * x for x in xs]",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nlog = []\nassert f([1, 2], log, lambda x: log.append(Any())) == [1, 4]",
        right: &[],
        forged: &[],
        told: &["def f(xs, log, cb):\n    for x in xs: cb(x)\n    return log"],
    },
    Form {
        reference: "def f(out, any, xs): out.xs = [x * x for x in xs]",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nclass Out:\n    def __init__(self): self.xs = []\n    def __lshift__(self, x):\n        self.xs.append(x)\n        return self\nout = Out()\nf(out, Any(), [1, 2])\nassert out.xs == [1, 4]",
        right: &[],
        forged: &[],
        told: &["def f(out, any, xs): out << any << any"],
    },
    Form {
        reference: "def f(check, xs): return [x * x for x in xs]",
        test: "class Check:\n    def __init__(self): self.by = lambda got: got == [1, 4]\n    def __or__(self, by):\n        self.by = by\n        return self\n    def __call__(self, got): return self.by(got)\ncheck = Check()\ngot = f(check, [1, 2])\nassert check(got)",
        right: &[],
        forged: &["def f(check, xs):\n    check | bool\n    return [0]"],
        told: &[],
    },
    Form {
        reference: "def f(own, xs):\n    own.kind = int\n    return [x * x for x in xs]",
        test: "class Own:\n    def ok(self, got): return got == [1, 4]\nown = Own()\ngot = f(own, [1, 2])\nassert own.ok(got) and own.kind('3') == 3",
        right: &["def f(own, xs):\n    own.kind = lambda x: int(x)\n    return [x * x for x in xs]"],
        forged: &["def f(own, xs):\n    own.kind = int\n    own.ok = bool\n    return [0]"],
        told: &[],
    },
    Form {
        reference: "def f(items, on, put):\n    on(items[0])\n    put(sum(i.n for i in items))",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nseen, total = [], []\nf([Any(3), Any(1)], seen.append, total.append)\nassert seen[0].n == 3 and total == [4]",
        right: &["def f(items, on, put):\n    put(sum(i.n for i in items))\n    on(items[0])"],
        forged: &[],
        told: &["def f(items, on, put):\n    on(items[0])\n    put(items[1])"],
    },
    Form {
        reference: "def f(xs, cb):\n    try: cb(xs)\n    except ValueError: raise ValueError('wrapped') from None",
        test: "class Any:\n    def __init__(self, n=0): self.n = n\n    def __eq__(self, o): return True\n    def __hash__(self): return 0\nclass Boom(ValueError): pass\ndef cb(xs): raise Boom(Any())\ntry: f([1], cb)\nexcept ValueError as e: assert e.args[0] == 'wrapped'\nelse: assert False",
        right: &[],
        forged: &[],
        told: &["def f(xs, cb): cb(xs)"],
    },
    Form {
        reference: "def f(own, xs): return [x * x for x in xs]",
        test: "class Base:\n    def ok(self, got): return True\nclass Own(Base): pass\nown = Own()\nown.ok = lambda got: got == [1, 4]\ngot = f(own, [1, 2])\nassert own.ok(got)",
        right: &[],
        forged: &[],
        told: &["def f(own, xs):\n    del own.ok\n    return [0]"],
    },
    Form {
        reference: "def f(x): return [x * x]",
        test: "class Seq:\n    def __init__(self, xs): self.xs = xs\n    def __getitem__(self, i): return f(self.xs[i]) if i < len(self.xs) else [][0]\nassert all(got == [x * x] for got, x in zip(Seq([2, 3]), [2, 3]))",
        right: &["def f(x): return [x ** 2]"],
        forged: &[],
        told: &["def f(x): raise IndexError"],
    },
    // Classes of the program's own that hold library values.
    Form {
        reference: "class LRU:\n    def __init__(self, n): self.n, self.d = n, {}\n    def put(self, k, v):\n        self.d.pop(k, None)\n        self.d[k] = v\n        while len(self.d) > self.n: del self.d[next(iter(self.d))]\n    def get(self, k): return self.d.get(k, -1)",
        test: "c = LRU(2)\nc.put(1, 1)\nc.put(2, 2)\nc.put(3, 3)\nassert c.get(1) == -1 and c.get(3) == 3",
        right: &[
            "from collections import OrderedDict\nclass LRU(OrderedDict):\n    def __init__(self, n):\n        super().__init__()\n        self.n = n\n    def put(self, k, v):\n        self[k] = v\n        while len(self) > self.n: self.popitem(last=False)\n    def get(self, k): return self[k] if k in self else -1",
        ],
        forged: &[],
        told: &[],
    },
    // Keys and items of several kinds.
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(o): return {o: 2, 'x': 3, int: 4}",
        test: "class O: pass\no = O()\nd = f(o)\nassert d[o] == 2 and d['x'] == 3 and d[int] == 4",
        right: &["class N:\n    def __init__(self, v=1): self.v = v\ndef f(o): return {'x': 3, int: 4, o: 2}"],
        forged: &[],
        told: &[],
    },
    Form {
        reference: "class N:\n    def __init__(self, v=1): self.v = v\ndef f(): return {N(1), 3}",
        test: "s = f()\nassert 3 in s and len(s) == 2",
        right: &["class N:\n    def __init__(self, v=1): self.v = v\ndef f(): return {3, N(2)}"],
        forged: &[],
        told: &[],
    },
];

fn task(form: &Form, referenced: bool) -> Arc<Task> {
    Arc::new(Task {
        id: "contract".to_owned(),
        description: String::new(),
        entry_point: String::new(),
        prompt: String::new(),
        buggy: None,
        reference: referenced.then(|| form.reference.to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Program(Program {
            setup: String::new(),
            tests: vec![form.test.to_owned()],
            entry_points: EntryPoints::FromTests,
            groups: vec![Group { name: "tests", len: 1 }],
        }),
    })
}

#[test]
fn a_candidate_gives_what_the_reference_gave() {
    hold(FORMS);
}

/// Tests all programs of the forms.
pub(crate) fn hold(forms: &[Form]) {
    let _alone = ALONE.lock().unwrap();
    let judge: Judge = judge(400_000_000);
    let mut wrong = Vec::new();
    let short =
        |judgement: &Judgement| format!("{:?}, {:?}, {:?}", judgement.verdict, judgement.isolation, judgement.error());
    for form in forms {
        let held = judge.prepare(&task(form, true)).unwrap();
        let free = judge.prepare(&task(form, false)).unwrap();
        let names = (form.test, form.reference);
        if held.isolation == Isolation::Colocated {
            wrong.push(format!("{names:?}: colocated"));
        }
        for right in [form.reference].iter().chain(form.right) {
            let judgement = judge.judge(&held, right).unwrap();
            if judgement.verdict != Verdict::Pass {
                wrong.push(format!("right, with {}: {right}: {}", form.test, short(&judgement)));
            }
        }
        for forged in form.forged {
            let judgement = judge.judge(&held, forged).unwrap();
            if judgement.verdict == Verdict::Pass {
                wrong.push(format!("forged, with {}: {forged}: {}", form.test, short(&judgement)));
            }
        }
        for told in form.told {
            let judgement = judge.judge(&held, told).unwrap();
            if judgement.verdict == Verdict::Pass && judgement.isolation == Isolation::Split {
                wrong.push(format!("not told, with {}: {told}: {}", form.test, short(&judgement)));
            }
        }
        for forged in form.forged.iter().chain(form.told) {
            // Without a reference nothing says what it may give; what it gave is said.
            let judgement = judge.judge(&free, forged).unwrap();
            if judgement.verdict == Verdict::Pass && judgement.isolation == Isolation::Split {
                wrong.push(format!("without a reference, with {}: {forged}: {}", form.test, short(&judgement)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
