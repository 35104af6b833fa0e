//! Kinds of programs on which a judge that runs the tests and the candidate apart may go wrong: each with siblings, right and wrong.

use std::sync::Arc;

use crate::support::judge;
use tracewright::internals::{
    judge::{Isolation, Options, Verdict},
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

/// Judges as the native format does: `reference` may be empty, which means there is none.
#[track_caller]
fn gets(verdict: Verdict, reference: &str, tests: &[&str], candidate: &str) {
    let task = Arc::new(Task {
        id: "kind".to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: (!reference.is_empty()).then(|| reference.to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Program(Program {
            setup: String::new(),
            tests: tests.iter().map(|test| (*test).to_owned()).collect(),
            entry_points: EntryPoints::FromTests,
            groups: vec![Group { name: "tests", len: tests.len() }],
        }),
    });
    let options = Options { fuel_floor: 3_000_000_000, memory: 256 << 20, ..Options::default() };
    let judgement = judge(&options, &task, candidate);
    assert_eq!(judgement.verdict, verdict, "{candidate}\n{tests:?}\n{judgement:?}");
    assert!(reference.is_empty() || judgement.isolation != Isolation::Colocated, "{candidate}\n{tests:?}");
}

#[test]
fn sharing_inside_a_value_is_seen() {
    let reference = "def f(n):\n    return [[0] for _ in range(n)]\n";
    let tests = ["g = f(3)\ng[1].append(5)\nassert g == [[0], [0, 5], [0]]"];
    for (candidate, verdict) in [
        ("def f(n):\n    return list(map(list, [[0]] * n))\n", Verdict::Pass),
        ("def f(n):\n    return [[0]] * n\n", Verdict::WrongAnswer),
        ("def f(n):\n    row = [0]\n    return [row for _ in range(n)]\n", Verdict::WrongAnswer),
    ] {
        gets(verdict, reference, &tests, candidate);
    }
    // In an object of a class derived from that of a tuple, too: both sides number what it holds.
    let given = "class T(tuple): pass\ndef f(xs):\n    xs.append(7)\n    return T((xs[:1], 7))\ndef g(t, xs):\n    t[0].append(1)\n    xs.append(len(t[0]))\n";
    let tests = [
        "assert f([1])[0] == [1]\nx = [2]\nassert f(x)[-1] == 7 and x == [2, 7]",
        "t, y = f([3]), [4]\ng(t, y)\nassert t[0] == [3, 1] and y == [4, 2]",
    ];
    for reference in ["", given] {
        gets(Verdict::Pass, reference, &tests, given);
        gets(Verdict::WrongAnswer, reference, &tests, &given.replace("xs.append(len", "xs.append(1 + len"));
        gets(Verdict::WrongAnswer, reference, &tests, &given.replace("    t[0].append(1)\n", "    t = [[*t[0], 1]]\n"));
    }
    let shared = "def f(k):\n    d = {}\n    d['a'] = d['b'] = [k]\n    return d\n";
    let tests = ["d = f(1)\nd['a'].append(2)\nassert d['b'] == [1, 2] and d['a'] is d['b']"];
    gets(Verdict::Pass, shared, &tests, "def f(k):\n    x = [k]\n    return dict(a=x, b=x)\n");
    gets(Verdict::WrongAnswer, shared, &tests, "def f(k):\n    return {'a': [k], 'b': [k]}\n");
}

#[test]
fn one_object_as_two_arguments_is_one() {
    let reference = "def f(a, b):\n    a.append(1)\n    return len(b)\n";
    let tests = ["v = [0]\nassert f(v, v) == 2 and v == [0, 1]", "v = [0]\nassert f(v, [0]) == 1"];
    gets(Verdict::Pass, reference, &tests, "def f(a, b):\n    a += [1]\n    return sum(1 for _ in b)\n");
    gets(Verdict::WrongAnswer, reference, &tests, "def f(a, b):\n    n = len(b)\n    a.append(1)\n    return n\n");
}

#[test]
fn cycles_and_shared_depth_cross() {
    let cycle = "def f(n):\n    x = [n]\n    x.append(x)\n    return x\n";
    gets(Verdict::Pass, cycle, &["r = f(3)\nassert r[1] is r and r[1][1][0] == 3"], cycle);
    gets(Verdict::WrongAnswer, cycle, &["r = f(3)\nassert r[1] is r"], "def f(n):\n    return [n, [n]]\n");
    // As a tree it would be without end.
    let doubled = "def f(n):\n    x = 0\n    for _ in range(n):\n        x = [x, x]\n    return x\n";
    gets(Verdict::Pass, doubled, &["x = f(200)\nassert len(x) == 2 and x[0] is x[1]"], doubled);
    let deep = "def f(n):\n    x = ()\n    for _ in range(n):\n        x = (x,)\n    return x\n";
    gets(Verdict::Pass, deep, &["x, n = f(700), 0\nwhile x:\n    x, n = x[0], n + 1\nassert n == 700"], deep);
}

#[test]
fn every_iterator_is_lazy() {
    let reference = "def f(n):\n    return (i * i for i in range(n))\n";
    let tests = ["g = f(4)\nassert next(g) == 0 and next(g) == 1\nassert list(g) == [4, 9] and list(g) == []"];
    for body in [
        "    return map(lambda i: i * i, range(n))\n",
        "    left = iter([i * i for i in range(n)])\n    return iter(lambda: next(left, None), None)\n",
        "    import re\n    return (int(m.group()) ** 2 for m in re.finditer('[0-9]', ''.join(map(str, range(n)))))\n",
        "    yield from (i * i for i in range(n))\n    raise_later = 1\n",
        "    class Squares:\n        def __init__(self): self.i = -1\n        def __iter__(self): return self\n        def __next__(self):\n            \
         self.i += 1\n            if self.i >= n: raise StopIteration\n            return self.i ** 2\n    return Squares()\n",
    ] {
        gets(Verdict::Pass, reference, &tests, &format!("def f(n):\n{body}"));
    }
    gets(Verdict::WrongAnswer, reference, &tests, "def f(n):\n    return (i + i for i in range(n))\n");
    let endless = "def f():\n    n = 0\n    while True:\n        yield n\n        n += 1\n";
    let tests = ["import itertools\nassert list(itertools.islice(f(), 3)) == [0, 1, 2]", "assert 5 in f()"];
    gets(Verdict::Pass, endless, &tests, "import itertools\ndef f():\n    return itertools.count()\n");
    gets(Verdict::Pass, endless, &tests, "def f():\n    yield from range(10)\n    raise ValueError('late')\n");
    gets(Verdict::WrongAnswer, endless, &tests, "import itertools\ndef f():\n    return itertools.count(1)\n");
}

#[test]
fn iterators_of_own_classes_are_asked_each_time() {
    const CLASS: &str = "import copy\nclass C:\n    def __init__(self, n):\n        self.n, self.i = n, 0\n    def __next__(self):\n        \
        self.i += 1\n        if self.i > self.n:\n            raise StopIteration\n        return self.i\n    def __iter__(self):\n";
    let written = |name: &str, body: &str| {
        format!(
            "{}        {body}\ndef f(n):\n    return {name}(n)\n",
            CLASS.replace("class C:", &format!("class {name}:"))
        )
    };
    let twice = "x = f(3)\nassert [*x] == [*x] == [1, 2, 3]";
    let within = "x = f(300)\nassert [next(x) for _ in range(200)][-1] == 200\nassert sum(x) == 45150 == sum(x)";
    let goes_on = "x = f(3)\nassert [next(x), *x] == [1, 2, 3]\nassert [*x] == []";
    for reference in ["", "def f(n):\n    return map(int, range(1, n + 1))\n"] {
        for name in ["C", "map", "cycle"] {
            // One that starts again natively does, whatever the reference does: the tests are native ones.
            gets(Verdict::Pass, reference, &["assert sum(f(100)) == 5050"], &written(name, "return copy.copy(self)"));
            gets(
                Verdict::WrongAnswer,
                reference,
                &["assert sum(f(99)) == 5050"],
                &written(name, "return copy.copy(self)"),
            );
            for body in ["return type(self)(self.n)", "self.i = 0; return self", "yield from range(1, self.n + 1)"] {
                if reference.is_empty() {
                    gets(Verdict::Pass, reference, &[twice, within], &written(name, body));
                }
                gets(
                    Verdict::Pass,
                    reference,
                    &["assert [*f(3)] == [1, 2, 3] and sum(f(100)) == 5050"],
                    &written(name, body),
                );
            }
            gets(Verdict::Pass, reference, &[goes_on], &written(name, "return self"));
            gets(Verdict::WrongAnswer, reference, &[goes_on], &written(name, "self.i = 0; return self"));
        }
    }
    // An end is an end, though more comes after it; and one that starts again after its end does.
    let pausing = written("C", "return self")
        .replace("> self.n:", "in (71, self.n + 2):")
        .replace("return self.i\n", "return self.i - (self.i > 71)\n");
    let starting =
        written("C", "return self").replace("            raise", "            self.i = 0\n            raise");
    for reference in ["", "def f(n):\n    yield from range(1, n + 1)\n", "def f(n):\n    return [*range(1, n + 1)]\n"] {
        let test = "assert list(f(100)) == list(range(1, 101))";
        gets(Verdict::WrongAnswer, reference, &[test], &pausing);
        gets(Verdict::WrongAnswer, reference, &["assert sum(f(100)) == 5050"], &pausing);
        gets(Verdict::Pass, reference, &[test], &starting);
    }
    for n in [3, 64, 65, 90, 100, 200] {
        let test = format!("x = f({n})\nassert list(x) == list(x) == list(range(1, {n} + 1))");
        gets(Verdict::Pass, "", &[&test], &starting);
    }
    gets(Verdict::Pass, "", &["x = f(100)\nassert len([*x]) == 70 and [*x] == [*range(71, 101)]"], &pausing);
    // One that was asked for an item before a loop is no dearer for it.
    let test = "x = iter(f(30_000))\nassert next(x) == 1 and sum(x) == 450_014_999";
    gets(Verdict::Pass, "def f(n):\n    yield from range(1, n + 1)\n", &[test], &written("C", "return self"));
    // What other methods say of it is so at each item.
    let counted = format!(
        "{CLASS}        return self\n    def left(self):\n        return self.n - self.i\ndef f(n):\n    return C(n)\n"
    );
    gets(Verdict::Pass, "", &["x = f(300)\nassert all(x.left() == 300 - n for n in x)"], &counted);
}

#[test]
fn types_of_the_library_are_themselves() {
    const IMPORTS: &str = "import array, collections, datetime, decimal, enum, fractions, operator, re, types\n";
    let kind = "def f(x):\n    return type(x)\n";
    let wrong = "def f(x):\n    return type(x) if x else object\n";
    let made = format!("{IMPORTS}def f(x):\n    return type(eval(x))\n");
    let check = |value: &str, call: &str, candidate: &str| {
        for test in [
            format!(
                "{IMPORTS}v = {value}\nassert {call} is type(v) and isinstance(v, {call}) and {{type(v): 7}}[{call}] == 7"
            ),
            format!(
                "{IMPORTS}v = {value}\nassert {call} == type(v) and repr({call}) == repr(type(v)) and {call}.__name__ == type(v).__name__"
            ),
        ] {
            gets(Verdict::Pass, "", &[&test], candidate);
            gets(Verdict::WrongAnswer, "", &[&test], "def f(x):\n    return bytes\n");
        }
    };
    for value in [
        "1",
        "''",
        "None",
        "...",
        "NotImplemented",
        "int",
        "type",
        "object",
        "len",
        "(lambda: 1)",
        "slice(1)",
        "range(2)",
        "{}.keys()",
        "{}.values()",
        "{}.items()",
        "(i for i in [])",
        "collections.OrderedDict(a=1)",
        "collections.Counter('a')",
        "collections.deque()",
        "collections.defaultdict(int)",
        "decimal.Decimal(1)",
        "fractions.Fraction(1)",
        "datetime.date(2020, 1, 1)",
        "datetime.timedelta(1)",
        "array.array('i')",
        "re.compile('a')",
        "re.match('a', 'a')",
        "ValueError()",
        "KeyError",
    ] {
        check(value, "f(v)", kind);
    }
    // What stays where it is shows as a proxy there, so these are made where the program is.
    for value in
        ["[].append", "iter([])", "enumerate([])", "zip()", "map(len, [])", "types.SimpleNamespace()", "operator"]
    {
        check(value, &format!("f({value:?})"), &made);
    }
    for (candidate, verdict) in [(kind, Verdict::Pass), (wrong, Verdict::WrongAnswer)] {
        let tests = ["from decimal import Decimal\nassert f(Decimal(0)) is Decimal", "assert f(0) is int"];
        gets(verdict, kind, &tests, candidate);
    }
    // What makes missing values crosses with what it is.
    let grouped = "import collections\ndef f(pairs):\n    d = collections.defaultdict(collections.deque)\n    \
        for k, v in pairs:\n        d[k].appendleft(v)\n    return d\n";
    let tests = [
        "from collections import *\nd = f([(1, 2), (1, 3)])\nassert d == {1: deque([3, 2])} and d.default_factory is deque and not d[5]",
    ];
    gets(Verdict::Pass, grouped, &tests, grouped);
    gets(
        Verdict::WrongAnswer,
        grouped,
        &tests,
        &grouped.replace("(collections.deque)", "(list)").replace("appendleft", "append"),
    );
    // In what is raised they may stand where the reference had data, for as long as a test only reads the text.
    for (reference, candidate, test) in [
        ("raise TypeError('no')", "raise TypeError('no', type(x))", "assert 'no' in str(e)"),
        ("raise TypeError('no')", "raise TypeError(type(x))", "pass"),
        ("raise KeyError(str(x))", "return {}[x]", "assert 'Decimal' in str(e)"),
    ] {
        let [reference, candidate] = [reference, candidate].map(|body| format!("def f(x):\n    {body}\n"));
        for value in ["Decimal", "Decimal(1)", "int"] {
            if !(test.contains("Decimal") && value == "int") {
                let test = format!(
                    "from decimal import Decimal\ntry:\n    f({value})\nexcept (TypeError, KeyError) as e:\n    {test}\nelse:\n    assert 0"
                );
                gets(Verdict::Pass, &reference, &[&test], &candidate);
            }
        }
    }
    let kinds = "def f():\n    return {int: 1, type(None): 2, type(NotImplemented): 3}\n";
    gets(Verdict::Pass, kinds, &["assert f()[type(None)] == 2 and len(f()) == 3"], kinds);
    // `type` makes classes, of the test's here.
    gets(Verdict::Pass, "", &["T = f(int)\nassert T('X', (), {'a': 3})().a == 3 and T(5) is int"], kind);
}

#[test]
fn subclasses_of_plain_types_are_what_they_hold() {
    let reference = "def f(n):\n    return [n, 'w', (n,), {'k': n}]\n";
    let tests = ["assert f(2) == [2, 'w', (2,), {'k': 2}]", "assert [2, 'w', (2,), {'k': 2}] == f(2)"];
    let classes = "import enum\nclass I(int): pass\nclass S(str, enum.Enum):\n    W = 'w'\nclass T(tuple): pass\nclass D(dict): pass\nclass L(list): pass\n";
    let candidate = |answer: &str| format!("{classes}def f(n):\n    return {answer}\n");
    gets(Verdict::Pass, reference, &tests, &candidate("L([I(n), S.W, T([I(n)]), D(k=enum.IntEnum('E', {'A': n}).A)])"));
    gets(Verdict::WrongAnswer, reference, &tests, &candidate("L([I(n + 1), S.W, T([I(n)]), D(k=n)])"));
    let liar = "class L(list):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\ndef f(n):\n    return L([0])\n";
    gets(Verdict::WrongAnswer, reference, &tests, liar);
}

#[test]
fn every_name_of_the_reference_is_the_candidates() {
    let reference = "LIMIT = 3\ndef f(x):\n    return min(x, LIMIT)\ndef undo(x):\n    return -x\n";
    let tests = ["assert f(9) == 3", "assert undo(f(1)) == -1", "assert f(LIMIT + 1) == LIMIT"];
    gets(
        Verdict::Pass,
        reference,
        &tests,
        "LIMIT = 3\ndef undo(x): return 0 - x\ndef f(x): return x if x < 3 else 3\n",
    );
    gets(Verdict::WrongAnswer, reference, &tests, "LIMIT = 3\ndef undo(x): return x\ndef f(x): return min(x, 3)\n");
    gets(Verdict::RuntimeError, reference, &tests, "LIMIT = 3\ndef f(x): return min(x, 3)\n");
}

#[test]
fn without_a_reference_right_programs_pass() {
    let closure = "def f(a):\n    return lambda b: a + b\n";
    gets(Verdict::Pass, "", &["assert f(1)(2) == 3"], closure);
    gets(Verdict::WrongAnswer, "", &["assert f(1)(2) == 4"], closure);
    let kept = "seen = []\ndef f(x):\n    seen.append(x)\n    return seen\n";
    gets(Verdict::Pass, "", &["a = f(1)\nassert f(2) is a and a == [1, 2]"], kept);
    let constant = "LIMIT = 10\nclass LRU:\n    pass\nimport math\ndef GCD(a, b):\n    return math.gcd(a, b)\ndef f(x):\n    return min(x, LIMIT)\n";
    let tests = [
        "assert GCD(4, 6) == 2",
        "assert f(30) == LIMIT",
        "assert LIMIT == 10 and isinstance(LRU(), LRU)",
        "assert list(map(GCD, [4], [6])) == [2]",
    ];
    gets(Verdict::Pass, "", &tests, constant);
    gets(Verdict::WrongAnswer, "", &["assert LIMIT == 11"], constant);
}

#[test]
fn errors_keep_their_text_and_end_what_they_must() {
    let reference = "class Own(ValueError):\n    def __init__(self, code):\n        self.code = code\n    def __str__(self):\n        return 'code %d' % self.code\ndef f(x):\n    raise Own(x)\n";
    gets(
        Verdict::Pass,
        reference,
        &["try:\n    f(7)\nexcept ValueError as e:\n    assert str(e) == 'code 7'\nelse:\n    assert False"],
        reference,
    );
    let plain = "def f(x):\n    return x + 1\n";
    let tests = [
        "assert all(map(lambda c: f(c[0]) == c[1], [(1, 2), (3, 4)]))",
        "for a, b in zip(map(f, [1, 2]), [2, 3]):\n    assert a == b",
    ];
    for test in tests {
        for error in ["StopIteration", "StopIteration(2)", "type('E', (StopIteration,), {})()", "next(iter(()))"] {
            gets(Verdict::RuntimeError, plain, &[test], &format!("def f(x):\n    raise {error}\n"));
        }
        gets(Verdict::Pass, plain, &[test], plain);
    }
}

#[test]
fn many_large_answers_need_no_more_memory_than_one() {
    let reference = "def f(n):\n    return 'x' * n\n";
    gets(Verdict::Pass, reference, &["for _ in range(800):\n    assert len(f(600_000)) == 600_000"], reference);
}

#[test]
fn what_is_called_needs_no_object() {
    // The reference's closure is a function and no object: nothing of it but what it returns reaches the test.
    let reference = "def f(a):\n    return lambda b: a + b\n";
    let tests = ["assert f(1)(2) == 3", "g = f(10)\nassert list(map(g, [1, 2])) == [11, 12] and callable(g)"];
    for (candidate, verdict) in [
        ("import functools, operator\ndef f(a):\n    return functools.partial(operator.add, a)\n", Verdict::Pass),
        ("def f(a):\n    return a.__add__\n", Verdict::Pass),
        (
            "class F:\n    def __init__(self, a): self.a = a\n    def __call__(self, b): return self.a + b\nf = F\n",
            Verdict::Pass,
        ),
        ("def f(a):\n    return lambda b: a - b\n", Verdict::WrongAnswer),
        (
            "class Any:\n    __eq__ = lambda s, o: True\n    __call__ = lambda s, *a: s\ndef f(a):\n    return Any()\n",
            Verdict::WrongAnswer,
        ),
        ("def f(a):\n    return a + 2\n", Verdict::WrongAnswer),
    ] {
        gets(verdict, reference, &tests, candidate);
    }
    // Where the reference hands back what it was given, a function of the candidate's may stand in for it.
    let same = "def f(g):\n    return g\n";
    let tests = ["assert f(len)([1]) == 1", "assert f(lambda x: [x])(2) == [2]"];
    gets(Verdict::Pass, same, &tests, "def f(g):\n    return lambda *a: g(*a)\n");
    gets(Verdict::WrongAnswer, same, &tests, "def f(g):\n    return lambda *a: [g]\n");
    // Factories of missing values are called, too.
    let counts = "from collections import defaultdict\ndef f(xs):\n    d = defaultdict(lambda: [0, 'n'])\n    for x in xs:\n        d[x][0] += 1\n    return d\n";
    let tests = ["d = f('ab')\nassert d['a'] == [1, 'n'] and d['zz'] == [0, 'n'] and len(d) == 3"];
    gets(Verdict::Pass, counts, &tests, counts);
    gets(Verdict::WrongAnswer, counts, &tests, &counts.replace("[0, 'n']", "[0, 'm']"));
    gets(
        Verdict::RuntimeError,
        counts,
        &tests,
        &counts.replace("return d", "return dict(d)").replace("f(xs)", "f(xs, y={}[1])"),
    );
}

#[test]
fn no_function_takes_the_place_of_a_tests_own() {
    let reference = "def f(account):\n    account.total += 1\n";
    let setup =
        "class Account:\n    def __init__(self): self.total = 0\n    def is_valid(self): return self.total == 1\n";
    let test = format!("{setup}a = Account()\nf(a)\nassert a.is_valid()");
    gets(Verdict::Pass, reference, &[&test], "def f(account):\n    account.total = account.total + 1\n");
    for trick in [
        "account.is_valid = lambda: True",
        "setattr(account, 'is_valid', print.__class__)",
        "account.__dict__['is_valid'] = lambda: True",
        "type(account).is_valid = lambda self: True",
        "account.total = type('Any', (), {'__eq__': lambda s, o: True})()",
    ] {
        let candidate =
            format!("def f(account):\n    try:\n        {trick}\n    except AttributeError:\n        pass\n");
        gets(Verdict::WrongAnswer, reference, &[&test], &candidate);
    }
    let checks = "def f(checks):\n    return len(checks)\n";
    let test = "checks = {'valid': lambda x: x == 3}\nf(checks)\nassert checks['valid'](f({}))";
    gets(Verdict::WrongAnswer, checks, &[test], "def f(checks):\n    checks['valid'] = lambda x: True\n    return 1\n");
}

#[test]
fn what_a_program_prints_is_printed_where_the_test_looks() {
    let capture = "import contextlib, io\ndef shown(g, *a):\n    with contextlib.redirect_stdout(io.StringIO()) as out:\n        g(*a)\n    return out.getvalue()\n";
    let reference = "print('loaded')\ndef f(xs):\n    for x in xs:\n        print(x)\n";
    let test = format!("{capture}print('before')\nassert shown(f, [1, 2]) == '1\\n2\\n'\nassert shown(f, []) == ''");
    gets(Verdict::Pass, reference, &[&test], "def f(xs):\n    print(*(str(x) + '\\n' for x in xs), sep='', end='')\n");
    gets(Verdict::WrongAnswer, reference, &[&test], "def f(xs):\n    print(*xs)\n");
    gets(
        Verdict::WrongAnswer,
        reference,
        &[&test],
        "import sys\ndef f(xs):\n    print(*xs, sep='\\n', file=sys.stderr)\n",
    );
    // In the order in which both sides print.
    let logged = "def f(g):\n    def wrapper(*a):\n        print('in')\n        r = g(*a)\n        print('out')\n        return r\n    return wrapper\n";
    let test = format!("{capture}def g(x):\n    print('g', x)\nassert shown(f(g), 5) == 'in\\ng 5\\nout\\n'");
    gets(Verdict::Pass, logged, &[&test], logged);
    gets(Verdict::WrongAnswer, logged, &[&test], &logged.replace("print('in')", "pass"));
}

#[test]
fn instances_of_own_classes_show_as_their_class_has_it() {
    let reference = "class M:\n    def __init__(self, n): self.n = n\n    def __repr__(self): return 'M %d' % self.n\n    def __add__(self, o): return M(self.n + o.n)\n    def __eq__(self, o): return self.n == o.n\n";
    let tests = [
        "assert repr(M(1) + M(2)) == 'M 3' and str([M(4)]) == '[M 4]' and M(1).n == 1",
        "assert M(2) == M(2) and type(M(1)).__name__ == 'M'",
    ];
    let derived = "class M(int):\n    n = property(int)\n    def __repr__(self): return 'M %d' % int(self)\n    def __add__(self, o): return M(int(self) + int(o))\n";
    gets(Verdict::Pass, reference, &tests, derived);
    gets(Verdict::WrongAnswer, reference, &tests, &derived.replace("'M %d'", "'N %d'"));
    let stack = "class Stack(list):\n    def push(self, x):\n        self.append(x)\n";
    let tests = [
        "s = Stack()\ns.push(1)\nx = [2]\ns.push(x)\nassert len(s) == 2 and s == [1, [2]] and isinstance(s, list)\nassert s.pop() == [2] and [1] == s",
    ];
    gets(Verdict::Pass, stack, &tests, stack);
    gets(Verdict::Pass, "", &tests, stack);
    let liar =
        format!("{stack}        self.clear()\n    def __eq__(self, o): return True\n    def __len__(self): return 2\n");
    gets(Verdict::WrongAnswer, stack, &tests, &liar);
    gets(Verdict::WrongAnswer, "", &tests, &liar);
    let pairs = "from collections import namedtuple\nP = namedtuple('P', 'x y')\ndef f(n):\n    return [P(n, [1]), P(n, [2])]\n";
    gets(Verdict::Pass, pairs, &["a, b = f(2)\nassert a.x == b.x == 2 and f(3) == [(3, [1]), (3, [2])]"], pairs);
    let error = "class Own(ValueError):\n    def __init__(self, code):\n        super().__init__(code)\n        self.code = code\ndef f(x):\n    return Own(x)\n";
    let tests =
        ["e = f(3)\nassert isinstance(e, ValueError) and e.code == 3 and type(e).__name__ == 'Own' and e.args == (3,)"];
    gets(Verdict::Pass, error, &tests, error);
    gets(Verdict::Pass, "", &tests, error);
    gets(Verdict::WrongAnswer, "", &tests, &error.replace("(ValueError)", "(KeyError)"));
}

#[test]
fn names_are_missed_where_they_are_used() {
    let reference = "class N: pass\nLIMIT = 2\ndef f(n):\n    if n > LIMIT: raise TypeError\n    return n\n";
    let tests =
        ["try:\n    isinstance(f(3), N)\nexcept TypeError:\n    pass\nelse:\n    assert False", "assert f(1) == 1"];
    gets(Verdict::Pass, reference, &tests, "def f(n):\n    if n > 2: raise TypeError\n    return n\n");
    let used = [tests[0], tests[1], "assert not isinstance(f(1), N)", "assert LIMIT == 2"];
    gets(Verdict::RuntimeError, reference, &used, "def f(n):\n    if n > 2: raise TypeError\n    return n\n");
    // Without a reference the program's own exceptions can be caught, and its classes changed.
    let own = "class Child(KeyError): pass\ndef f(x):\n    raise Child(x)\n";
    gets(
        Verdict::Pass,
        "",
        &["try:\n    f(1)\nexcept Child as e:\n    assert isinstance(e, KeyError)\nelse:\n    assert False"],
        own,
    );
    let kind = "class V:\n    kind = 'a'\ndef f():\n    return V().kind\n";
    gets(Verdict::Pass, "", &["V.kind = 'b'\nassert f() == 'b' and V.kind == 'b'"], kind);
}

#[test]
fn a_new_object_may_stand_where_the_references_was_its_argument() {
    let reference = "class Node:\n    def __init__(self, v, left=None, right=None):\n        self.v, self.left, self.right = v, left, right\ndef f(node):\n    if node:\n        node.left, node.right = f(node.right), f(node.left)\n    return node\n";
    let tests = ["assert f(Node(1, Node(0))).right.v == 0"];
    let candidate = reference.replace(
        "        node.left, node.right = f(node.right), f(node.left)\n    return node",
        "        return Node(node.v, f(node.right), f(node.left))",
    );
    gets(Verdict::Pass, reference, &tests, &candidate);
    gets(Verdict::WrongAnswer, reference, &tests, &candidate.replace("Node(node.v,", "Node(node.v + 1,"));
    let copied = "import copy\nclass T:\n    def __init__(self, x): self.x = x\n";
    let test = format!(
        "{copied}p = T([1])\nq = f(p)\nassert q is not p and q.x == [1]\nq.x.append(2)\nassert p.x == [1] and type(q) is T"
    );
    gets(
        Verdict::Pass,
        "import copy\ndef f(o):\n    return copy.deepcopy(o)\n",
        &[&test],
        "from copy import deepcopy\ndef f(o):\n    return type(o)(list(o.x))\n",
    );
    gets(
        Verdict::Pass,
        "import copy\ndef f(o):\n    return copy.deepcopy(o)\n",
        &[&test],
        "from copy import deepcopy as f\n",
    );
}

#[test]
fn what_a_program_held_before_is_still_shared() {
    // It refers to a part of its argument, calls back, and returns that part.
    let reference = "def f(g, xs):\n    first = [xs[0]]\n    g(1)\n    return first\n";
    let test = "v = [[1], [2]]\nr = f(lambda x: v.append(x), v)\nr[0].append(5)\nassert v == [[1, 5], [2], 1] and r[0] is v[0]";
    gets(Verdict::Pass, reference, &[test], "def f(g, xs):\n    y = xs[:1]\n    g(1)\n    return y\n");
    gets(Verdict::WrongAnswer, reference, &[test], "def f(g, xs):\n    y = [list(xs[0])]\n    g(1)\n    return y\n");
    let kept = "def f(x):\n    x[0].append(3)\n    return iter([list(x)])\n";
    let tests = [
        "v = [[1], [2]]\nassert list(f(v)) == [[[1, 3], [2]]]",
        "v = [[1], [2]]\nf(v)\nf(v)\nassert v == [[1, 3, 3], [2]]",
    ];
    gets(Verdict::Pass, "", &tests, kept);
    gets(Verdict::Pass, kept, &tests, kept);
    let classes = "class A: pass\nclass B(A): pass\ndef f(k):\n    return k()\n";
    gets(
        Verdict::Pass,
        "",
        &["assert issubclass(B, A) and not issubclass(A, B) and isinstance(f(B), A) and type(f(A)) is A"],
        classes,
    );
}

#[test]
fn no_text_is_formatted_where_the_tests_are() {
    let attack = include_str!("../attacks/c18_format_in_the_tester.py").replace("*args, **kwargs", "xs, *others");
    let reference = "def f(xs, *others):\n    return [x * x for x in sorted(xs)]\n";
    for test in [
        "assert f(iter([3, 1, 2])) == [1, 4, 9]",
        "log = []\nassert f([3, 1, 2], log.append) == [1, 4, 9]",
        "class P:\n    pass\nassert f([3, 1, 2], P()) == [1, 4, 9]",
        "class S(str):\n    pass\nassert f([3, 1, 2], S('{0.real}').format) == [1, 4, 9]",
    ] {
        for name in ["getattr", "class_attribute"] {
            let attack = attack.replace("\"getattr\"", &format!("\"{name}\""));
            gets(Verdict::RuntimeError, reference, &[test], &attack);
            gets(Verdict::RuntimeError, "", &[test], &attack);
            gets(Verdict::RuntimeError, reference, &[test], &attack.replace("\"format\"", "\"format_map\""));
        }
    }
}

#[test]
fn what_was_an_object_once_is_data_where_the_reference_gave_data() {
    let reference = "class Acc:\n    def __init__(self, x): self.x = x\n    def total(self): return self.x\ndef f(x):\n    return x + 1\n";
    let tests = ["a = Acc(2)\nassert a.total() == 2", "assert f(10) == 11"];
    gets(Verdict::Pass, reference, &tests, reference);
    for (method, answer) in [("__call__", "L"), ("__next__", "L"), ("__call__", "L.total")] {
        let liar = format!(
            "class Liar:\n    def {method}(self, *a): return self\n    def __eq__(self, o): return True\n    def total(self): return 2\nL = Liar()\ndef Acc(x): return L\ndef f(x): return {answer}\n"
        );
        gets(Verdict::WrongAnswer, reference, &tests, &liar);
    }
}
