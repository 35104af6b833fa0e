//! Tests that the host runs itself, held against a tester: the same suite with a setup, which calls for one.

use std::sync::Arc;

use crate::support::{SANDBOX, cache, judge};
use tracewright::internals::{
    judge::{Judge, Options, Verdict},
    sandbox::pool,
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

fn options(run_all: bool) -> Options {
    Options { fuel_floor: 2_000_000_000, memory: 256 << 20, run_all, ..Options::default() }
}

fn task(setup: &str, tests: &[String]) -> Arc<Task> {
    Arc::new(Task {
        id: "test".to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: Some("def f(*args, **kwargs):\n    return 1\n".to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Program(Program {
            setup: setup.to_owned(),
            tests: tests.to_vec(),
            entry_points: EntryPoints::Named,
            groups: vec![Group { name: "tests", len: tests.len() }],
        }),
    })
}

/// The number of a suite's tests that need no tester.
fn direct(task: &Arc<Task>) -> usize {
    let judge = Judge::new(Arc::clone(&SANDBOX), cache(), options(false));
    let prepared = pool::run_one(|| judge.prepare(task)).expect("a worker").expect("no fault");
    format!("{prepared:?}").matches("DirectCall {").count()
}

/// The answers that a candidate may give, as Python.
const ANSWERS: &[&str] = &[
    "1",
    "True",
    "1.0",
    "2",
    "-3",
    "10**30",
    "10**90",
    "0.1",
    "-0.0",
    "1e16",
    "1e-5",
    "123456789.125",
    "5e-324",
    "2**-25",
    "1125899906842624.25",
    "set()",
    "float('nan')",
    "float('inf')",
    "1+0j",
    "None",
    "...",
    "int",
    "'text'",
    "\"it's\"",
    "'\"'",
    "'it\\'s \"both\"'",
    "'back\\\\slash\\n\\t\\x07'",
    "'Überraschung \\u200b'",
    "'x' * 78",
    "'x' * 80",
    "'x' * 500",
    "'\\\\' * 79",
    "b'bytes'",
    "bytearray(b'bytes')",
    "[]",
    "[1, 2]",
    "(1, 2)",
    "(1,)",
    "[True, 2.0]",
    "[[1], (2, [3.5]), 'a', None]",
    "[[[[[1]]]]]",
    "[[[[[[1]]]]]]",
    "[[[[[[]]]]]]",
    "list(range(24))",
    "list(range(25))",
    "[['long' * 5] * 5] * 10",
    "tuple(range(30))",
    "{}",
    "{1: 2, 3: 4}",
    "{3: 4, 1: 2}",
    "{'a': 1, 'b': [2]}",
    "{'b': [2], 'a': 1}",
    "{1: 2, 'a': 3}",
    "{True: 1}",
    "{k: k for k in range(16)}",
    "{k: k for k in range(17)}",
    "{(1, 2): 3}",
    "{1, 2}",
    "{'b', 'a', 'c'}",
    "frozenset([1])",
    "range(3)",
    "(n for n in [1, 2])",
    "__import__('collections').Counter('aab')",
    "__import__('collections').OrderedDict(a=1)",
    "__import__('decimal').Decimal('1')",
    "__import__('fractions').Fraction(1)",
    "ValueError('x')",
    "object()",
    "lambda: 1",
    "args[0]",
    "args",
    "(args[0].append(9), args[0])[1]",
    "(args[0].append(9), 1)[1]",
];

/// The things that a candidate may do instead, each as a body.
const ENDS: &[&str] = &[
    "raise ValueError('no')",
    "raise ValueError",
    "raise KeyError(1, 2)",
    "raise UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')",
    "raise StopIteration(3)",
    "import re; raise ValueError(re.fullmatch('a|ab', 'ab'))",
    "raise ValueError([1])",
    "raise AssertionError('mine')",
    "raise SystemExit(3)",
    "raise KeyboardInterrupt",
    "raise MemoryError",
    "raise type('Own', (LookupError,), {})('own')",
    "raise ExceptionGroup('several', [ValueError(1)])",
    "return [][1]",
    "return missing",
    "import numpy",
    "return f(*args)",
    "while True: pass",
    "return len(bytearray(10**9))",
    "import os; os._exit(0)",
];

const EXPECTED: &[&str] = &[
    "1",
    "'text'",
    "[1, 2]",
    "{'a': 1, 'b': [2]}",
    "-3",
    "None",
    "(1,)",
    "[[[[[[1]]]]]]",
    "{3: 4, 1: 2}",
    "'it\\'s'",
    "0.1",
    "b'bytes'",
];

#[test]
fn the_host_says_what_a_tester_says() {
    let tests = |expected: &str| {
        vec![format!("assert f([1, 2], 'a', key=None) == {expected}"), format!("assert f([3]) == {expected}")]
    };
    let mut verdicts = std::collections::BTreeMap::new();
    for (number, expected) in EXPECTED.iter().enumerate() {
        let (host, tester) = (task("", &tests(expected)), task("0", &tests(expected)));
        assert_eq!((direct(&host), direct(&tester)), (2, 0), "{expected}");
        // All answers against the first, a part of them against each other.
        let answers = ANSWERS.iter().enumerate().filter(|(index, _)| number == 0 || index % 6 == number % 6);
        let mut bodies: Vec<String> = answers.map(|(_, answer)| format!("return {answer}")).collect();
        bodies.push(format!("return {expected}"));
        if number < 2 {
            bodies.extend(ENDS.iter().map(|&body| body.to_owned()));
        }
        for body in bodies {
            let candidate = format!("def f(*args, **kwargs):\n    {body}\n");
            let run_all = number % 2 == 1;
            let by_host = judge(&options(run_all), &host, &candidate);
            let mut by_tester = judge(&options(run_all), &tester, &candidate);
            // A tester's constants may be one object where the host's request has two: a few bytes more or less.
            assert!(by_host.usage.fuel.abs_diff(by_tester.usage.fuel) < 100_000, "{body} against {expected}");
            by_tester.usage.fuel = by_host.usage.fuel;
            assert_eq!(by_host, by_tester, "{body} against {expected}");
            *verdicts.entry(by_host.verdict).or_insert(0) += 1;
        }
    }
    // Not all of one kind.
    for verdict in [Verdict::Pass, Verdict::WrongAnswer, Verdict::RuntimeError, Verdict::OutOfFuel] {
        assert!(verdicts.get(&verdict).is_some_and(|count| *count > 1), "{verdicts:?}");
    }
}

#[test]
fn only_one_call_and_one_comparison_need_no_tester() {
    for (test, count) in [
        ("assert f(1) == 1", 1),
        ("assert f(-1, [1, (2, 3)], k={'a': None}) == (1,)", 1),
        ("assert f(1) == 1, 'a message'", 0),
        ("assert f(1)", 0),
        ("assert 1 == f(1)", 0),
        ("assert f(1) != 2", 0),
        ("assert f(1) == 1 == 1", 0),
        ("assert not f(1) == 1", 0),
        ("assert f(f(1)) == 1", 0),
        ("assert f(*[1]) == 1", 0),
        ("assert f(**{}) == 1", 0),
        ("assert f({1, 2}) == 1", 0),
        ("assert f(1) == {1}", 0),
        ("assert f(1) == 1 + 1", 0),
        ("assert f(1) == abs(1)", 0),
        ("assert f(1) == set()", 0),
        ("assert f(a=1, a=2) == 1", 0),
        ("assert f(__debug__=2) == 1", 0),
        ("assert g(1) == 1", 0),
        ("assert f.g(1) == 1", 0),
        ("x = 1; assert f(1) == 1", 0),
        ("assert f(1) == 1 # comment", 0),
        ("\nassert f(1) == 1", 0),
        ("assert f(\n1) == 1", 0),
        ("assert f(x := 1) == 1", 0),
        ("assert f(1) ==", 0),
    ] {
        assert_eq!(direct(&task("", &[test.to_owned()])), count, "{test}");
    }
    // What stands before may change what a name means.
    let tests = ["assert f(1) == 1", "f = abs", "assert f(1) == 1"].map(str::to_owned);
    assert_eq!(direct(&task("", &tests)), 1);
    assert_eq!(direct(&task("f = abs", &tests)), 0);
}
