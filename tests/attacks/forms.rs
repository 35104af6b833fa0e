//! Every form in which a test may ask: attacks that forge are run under each, with each kind of argument that makes a call one by
//! reference. Whatever a test's form is, it must not pass for what is not the right data.

use std::{ops::ControlFlow, sync::Arc};

use super::{ALONE, Attack, attacks, judge};
use tracewright::internals::{
    judge::{Isolation, Judge, Prepared, Verdict},
    sandbox::pool,
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

const REFERENCE: &str = "def f(xs, *args, **kwargs):\n    return [x * x for x in sorted(xs)]\n";
const WRONG: &str = "def f(xs, *args, **kwargs):\n    return list(xs)\n";
const SETUP: &str = "import functools, math, operator\nclass Own:\n    pass\n\
                     cases = [([2], [4]), ([3, 1, 2], [1, 4, 9]), ([-5, 4], [25, 16])]\n";

/// Tests of `CALL`, which is `[1, 4, 9]`, and of `f(.. MORE)`.
const FORMS: [&str; 44] = [
    "assert CALL == [1, 4, 9]",
    "assert [1, 4, 9] == CALL",
    "assert not CALL != [1, 4, 9]",
    "assert CALL in ([1, 4, 9], [9, 4, 1])",
    "assert abs(CALL[0] - 1) < 1e-6 and abs(CALL[2] - 9) < 1e-6",
    "assert abs(1 - CALL[0]) < 1e-6 and abs(9 - CALL[2]) <= 1e-6",
    "assert all(abs(a - b) < 1e-6 for a, b in zip(CALL, [1, 4, 9], strict=True))",
    "assert math.isclose(CALL[0], 1) and math.isclose(9, CALL[2])",
    "assert -1e-9 < CALL[0] - 1 < 1e-9",
    "assert CALL[2] % 2 == 1 and CALL[1] % 2 == 0 and CALL[2] % 5 == 4",
    "assert CALL[0] + 1 == 2 and 1 + CALL[1] == 5 and 10 - CALL[2] == 1 and CALL[1] * 2 == 8",
    "assert -CALL[0] == -1 and divmod(CALL[2], 2) == (4, 1) and CALL[1] ** 2 == 16 and CALL[1] / 2 == 2",
    "assert 9 in CALL and 2 not in CALL",
    "assert all(x in CALL for x in (1, 4, 9)) and 3 not in CALL",
    "assert list(map(lambda x: x + 1, CALL)) == [2, 5, 10]",
    "assert list(filter(lambda x: x > 1, CALL)) == [4, 9]",
    "assert [x for x in CALL if x > 1] == [4, 9]",
    "assert sorted(CALL, reverse=True) == [9, 4, 1]",
    "assert tuple(CALL) == (1, 4, 9) and list(CALL) == [1, 4, 9]",
    "assert set(CALL) == {1, 4, 9}",
    "assert {1: 'a', 3: 'b'}[CALL[0]] == 'a' and {1: 'a', 3: 'b'}.get(CALL[1]) is None",
    "assert sum(CALL) == 14 and max(CALL) == 9 and min(CALL) == 1",
    "assert functools.reduce(operator.mul, CALL, 1) == 36",
    "assert len(CALL) == 3 and CALL[-1] == 9",
    "assert CALL and CALL[0] == 1 and not f([] MORE)",
    "assert bool(f([0] MORE)[0]) is False and CALL[2] == 9",
    "assert round(CALL[0]) == 1 and round(CALL[1], 2) == 4 and round(CALL[2] / 2, 1) == 4.5",
    "assert isinstance(CALL, list) and isinstance(CALL[-1], int) and 3 < CALL[-1] < 10",
    "total = 0\nfor x in CALL:\n    total += x\nassert total == 14",
    "a, b, c = CALL\nassert a == 1 and b == 4 and c == 9",
    "first, *rest = CALL\nassert first == 1 and rest == [4, 9]",
    "assert (lambda a, b, c: a + b + c)(*CALL) == 14",
    "assert '%d %s' % (CALL[0], CALL[1]) == '1 4' and format(CALL[0], '03d') == '001'",
    "r = CALL\nassert f'{r[0]}{r[2]:>3}' == '1  9' and f'{r}' == '[1, 4, 9]'",
    "assert str(CALL) == '[1, 4, 9]' and repr(CALL) == '[1, 4, 9]'",
    "assert 'abcdefghij'[CALL[2]] == 'j' and [10, 20][CALL[0]] == 20",
    "assert 0 < CALL[0] < 2 and CALL[2] > 8 and CALL[1] >= 4",
    "assert CALL + [0] == [1, 4, 9, 0] and [0] + CALL == [0, 1, 4, 9] and CALL * 2 == [1, 4, 9, 1, 4, 9]",
    "assert all(map(lambda c: f(c[0] MORE) == c[1], cases))",
    "for got, want in zip(map(lambda x: f(x MORE), [c[0] for c in cases]), [c[1] for c in cases]):\n    assert got == want",
    "assert all(f(x MORE) == y for x, y in cases) and not any(f(x MORE) != y for x, y in cases)",
    "assert not list(filter(lambda c: f(c[0] MORE) != c[1], cases))",
    "assert not [x for x, y in cases if f(x MORE) != y]",
    "import unittest\nunittest.TestCase().assertEqual(CALL, [1, 4, 9])\nunittest.TestCase().assertAlmostEqual(CALL[0], 1)",
];

/// The arguments that a call takes besides: each carries it over the wall in its own way.
const MORE: [&str; 8] = [
    "",
    ", lambda x: x",
    ", key=abs",
    ", int",
    ", [].append",
    ", functools.partial(pow, 2)",
    ", (x for x in [1])",
    ", Own()",
];

/// Whether an attack is of a class that forges; not the one that is right for all arguments but those of another test.
fn forges(attack: &Attack) -> bool {
    if attack.name == "c20_exit_on_the_last.py" {
        return false;
    }
    ["c17", "c19", "c20", "c21", "c31", "c32"].iter().any(|class| attack.name.starts_with(class)) && attack.fails()
}

/// Whether the attack's function takes more than one argument.
fn takes_more(attack: &Attack) -> bool {
    ["c31", "c32"].iter().any(|class| attack.name.starts_with(class)) || attack.program.contains("def f(xs, *")
}

fn task(form: &str, more: &str) -> Arc<Task> {
    let test = form.replace("CALL", "f([3, 1, 2] MORE)").replace(" MORE", more);
    Arc::new(Task {
        id: "form".to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: Some(REFERENCE.to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Program(Program {
            setup: SETUP.to_owned(),
            tests: vec![test],
            entry_points: EntryPoints::Named,
            groups: vec![Group { name: "tests", len: 1 }],
        }),
    })
}

/// The programs that passed under one form and should not have, or did not and should.
fn wrong(judge: &Judge, prepared: &Prepared, form: &str, candidates: &[&Attack]) -> Vec<String> {
    let verdict = |program: &str| judge.judge(prepared, program).unwrap().verdict;
    let mut wrong = Vec::new();
    if prepared.isolation == Isolation::Colocated {
        wrong.push(format!("{form}: colocated"));
    }
    if verdict(REFERENCE) != Verdict::Pass || verdict(WRONG) == Verdict::Pass {
        wrong.push(format!("{form}: right {:?}, wrong {:?}", verdict(REFERENCE), verdict(WRONG)));
    }
    let passing = candidates.iter().filter(|attack| verdict(&attack.program) == Verdict::Pass);
    wrong.extend(passing.map(|attack| format!("{form}: {} passes", attack.name)));
    wrong
}

#[test]
fn no_form_of_a_test_passes_for_what_is_not_the_right_data() {
    let _alone = ALONE.lock();
    let attacks = attacks();
    let judge = judge(100_000_000);
    let all: Vec<&Attack> = attacks.iter().filter(|attack| forges(attack)).collect();
    let some: Vec<&Attack> = all.iter().copied().filter(|attack| takes_more(attack)).collect();
    assert!(some.len() >= 20 && all.len() >= 70, "{} and {} attacks", some.len(), all.len());
    let mut found = Vec::new();
    let each = |index: usize| {
        let (form, more) = (FORMS[index / MORE.len()], MORE[index % MORE.len()]);
        let prepared = judge.prepare(&task(form, more)).unwrap();
        let name = format!("{form:?} with {more:?}");
        wrong(&judge, &prepared, &name, if more.is_empty() { &all } else { &some })
    };
    pool::run(4, FORMS.len() * MORE.len(), each, |_, wrong| {
        found.extend(wrong);
        ControlFlow::<()>::Continue(())
    })
    .unwrap();
    found.sort();
    assert!(found.is_empty(), "{} wrong:\n{}", found.len(), found.join("\n"));
}
