//! What a reference gave is what a candidate may give: forgeries by things that are neither data nor the candidate's objects, each with the
//! form of a test that it was made for, and right candidates of the same forms.

use std::sync::Arc;

use super::{ALONE, judge};
use tracewright::internals::{
    judge::{Isolation, Judge, Judgement, Verdict},
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

/// A form of tests, with programs that are tested by it.
struct Form {
    reference: &'static str,
    test: &'static str,
    /// Pass, as they would natively.
    right: &'static [&'static str],
    /// Must not pass, though natively some would.
    forged: &'static [&'static str],
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
    },
    Form {
        reference: "def f(xs, own): return [x * x for x in xs]",
        test: "from unittest import mock\nassert f([1, 2], mock.MagicMock()) == [1, 4]",
        right: &["def f(xs, own):\n    own.seen(1)\n    return [x ** 2 for x in xs]"],
        forged: &[
            "def f(xs, own):\n    own.configure_mock(**{'__eq__.return_value': True})\n    return own",
            "def f(xs, own):\n    own.return_value = True\n    own.__eq__ = own\n    return own",
        ],
    },
    Form {
        reference: "def f(xs, own, out):\n    out.extend(x * x for x in xs)",
        test: "class Own:\n    of = 0\n    def __eq__(self, other): return self.of == 0 or other == self.of\nown = Own()\nown.of = 7\nout = []\n\
               f([1, 2], own, out)\nassert out == [1, 4]",
        right: &["def f(xs, own, out):\n    for x in xs: out.append(x * x)"],
        forged: &["def f(xs, own, out):\n    own.of = 0\n    out.extend([own, own])"],
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
    },
    Form {
        reference: "def f(items):\n    items.sort(key=lambda item: item.n)\n    return items",
        test: "class Item:\n    def __init__(self, n): self.n = n\nitems = [Item(3), Item(1), Item(2)]\nout = f(items)\n\
               assert [item.n for item in out] == [1, 2, 3] and max(out, key=lambda item: item.n).n == 3",
        right: &["def f(items): return sorted(items, key=lambda item: item.n)"],
        forged: &["def f(items): return list(items)"],
    },
    Form {
        reference: "def f(items): return sum(item.n for item in items)",
        test: "class Item:\n    def __init__(self, n): self.n = n\n    def __lt__(self, other): return self.n < other.n\n\
               items = [Item(3), Item(1)]\nassert f(items) == 4\nassert items[-1].n in (1, 3)",
        right: &["def f(items):\n    items.sort()\n    return items[0].n + items[1].n"],
        forged: &["def f(items): return items[0]"],
    },
    Form {
        reference: "def f(g):\n    def h(x): return g(x)\n    return h",
        test: "class Own:\n    def __eq__(self, other): return True\n    def __call__(self, x): return self\n    def __hash__(self): return 1\n\
               own = Own()\nown.other = own\nh = f((5).__add__)\nassert h(1) == 6\nassert f(lambda x: x * 3)(4) == 12\n\
               assert f(str)(5) == '5'",
        right: &["def f(g): return g"],
        forged: &["def f(g): return lambda x: g"],
    },
    // Builtin types, where the reference gives some, and no others where it gives none.
    Form {
        reference: "def f(x): return type(x)",
        test: "assert f(1) is int and f('') is str and f(b'') == bytes",
        right: &["def f(x): return x.__class__"],
        forged: &["def f(x): return int", "def f(x): return lambda: 0"],
    },
    Form {
        reference: "def f(xs): return set(xs)",
        test: "assert f([1, 2]).intersection({1, 2}) == {1, 2}",
        right: &["def f(xs): return {x for x in xs}"],
        forged: &["def f(xs): return set", "def f(xs): return frozenset"],
    },
    Form {
        reference: "Wrong = ValueError\ndef f(x):\n    if x < 0: raise Wrong('negative')\n    return x * 2",
        test: "try:\n    assert f(2) == 4\n    f(-1)\nexcept Wrong:\n    pass\nelse:\n    raise RuntimeError",
        right: &["Wrong = ValueError\ndef f(x):\n    if x < 0: raise ValueError(x)\n    return x + x"],
        forged: &["Wrong = AssertionError\ndef f(x): return 0", "Wrong = Exception\ndef f(x): return 0"],
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
    },
    Form {
        reference: "class N:\n    def __init__(self, v): self.v = v\ndef f(xs):\n    row = [N(x) for x in xs]\n    return [row, row, len(xs)]",
        test: "a, b, n = f([1, 2])\nassert a is b and [x.v for x in b] == [1, 2] and n == 2",
        right: &[
            "class N:\n    def __init__(self, v): self.v = v\ndef f(xs):\n    row = list(map(N, xs))\n    return (row, row, 2)",
        ],
        forged: &["class N:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return True\n\
             def f(xs):\n    row = list(map(N, xs))\n    return (row, row, row[0])"],
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
    },
    // An item more than was asked for.
    Form {
        reference: "class N:\n    v = 1\ndef f(n):\n    yield N()\n    yield 7",
        test: "it = f(2)\nassert next(it).v == 1 and next(it) == 7",
        right: &["class N:\n    v = 1\ndef f(n): return iter([N(), 7])"],
        forged: &["class N:\n    v = 1\n    def __eq__(self, o): return True\ndef f(n):\n    yield N()\n    yield N()"],
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
    let _alone = ALONE.lock().unwrap();
    let judge: Judge = judge(400_000_000);
    let mut wrong = Vec::new();
    let short =
        |judgement: &Judgement| format!("{:?}, {:?}, {:?}", judgement.verdict, judgement.isolation, judgement.error());
    for form in FORMS {
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
            // Without a reference nothing says what it may give; what it gave is said.
            let judgement = judge.judge(&free, forged).unwrap();
            if judgement.verdict == Verdict::Pass && judgement.isolation == Isolation::Split {
                wrong.push(format!("without a reference, with {}: {forged}: {}", form.test, short(&judgement)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
