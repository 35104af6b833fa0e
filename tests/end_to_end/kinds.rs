//! Kinds of programs on which a judge that runs tests and candidate apart may go wrong: each with siblings, right and wrong.

use std::sync::Arc;

use crate::support::judge;
use tracewright::{
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
