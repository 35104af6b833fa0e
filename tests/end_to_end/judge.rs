//! Verdicts: both protocols, every kind, and what crosses between the candidate and the tests.

use std::sync::Arc;

use crate::support::{judge, program_task};
use tracewright::internals::{
    judge::{Isolation, Judgement, Options, Verdict},
    task::{Cases, Group, Oracle, Task, TestSuite},
    value::Value,
};

fn options() -> Options {
    Options { fuel_floor: 3_000_000_000, memory: 256 << 20, ..Options::default() }
}

/// A task with inputs, whose expected values come from the reference.
fn cases_task(reference: &str, inputs: Vec<Vec<Value>>, atol: f64, oracle: Oracle) -> Arc<Task> {
    let groups = vec![Group { name: "base", len: inputs.len() }];
    Arc::new(Task {
        id: "test".to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: Some(reference.to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Cases(Cases { inputs: inputs.into_iter().map(Value::Tuple).collect(), atol, oracle, groups }),
    })
}

fn program(reference: &str, tests: &[&str], candidate: &str) -> Judgement {
    judge(&options(), &program_task(reference, tests), candidate)
}

const ADD: &str = "def f(x):\n    return x + 1\n";

#[test]
fn every_kind_of_verdict_on_both_protocols() {
    let kinds = [
        ("def f(x):\n    return 1 + x\n", Verdict::Pass),
        ("def f(x):\n    return x\n", Verdict::WrongAnswer),
        ("def f(x):\n    return object()\n", Verdict::WrongAnswer),
        ("def f(x):\n    return [][x]\n", Verdict::RuntimeError),
        ("def f(x):\n    raise SystemExit(0)\n", Verdict::RuntimeError),
        ("import os\ndef f(x):\n    os._exit(0)\n", Verdict::RuntimeError),
        ("def g(x):\n    return x + 1\n", Verdict::RuntimeError),
        ("def f(x):\n    return f(x)\n", Verdict::RuntimeError),
        ("def f(x):\n    while True: pass\n", Verdict::OutOfFuel),
        ("while True: pass\n", Verdict::OutOfFuel),
        ("def f(x):\n    return len(bytearray(10**9))\n", Verdict::OutOfMemory),
        ("def f(x):\n    y = []\n    while True: y.append(bytearray(10**6))\n", Verdict::OutOfMemory),
        ("def f(x)\n    return x\n", Verdict::CompileError),
        ("x = '\0'\n", Verdict::CompileError),
        ("import numpy\ndef f(x):\n    return x + 1\n", Verdict::MissingModule),
        ("def f(x):\n    import requests\n", Verdict::MissingModule),
    ];
    let cases = cases_task(ADD, vec![vec![Value::Int(1)], vec![Value::Int(5)]], 0.0, Oracle::Close);
    let program = program_task(ADD, &["assert f(1) == 2", "assert f(5) == 6"]);
    for (candidate, verdict) in kinds {
        for task in [&cases, &program] {
            let judgement = judge(&options(), task, candidate);
            assert_eq!(judgement.verdict, verdict, "{candidate}: {judgement:?}");
            assert_eq!(judgement.isolation, Isolation::Split);
        }
    }
}

#[test]
fn a_proof_that_a_candidate_never_ends_has_its_line() {
    let cases = cases_task(ADD, vec![vec![Value::Int(1)]], 0.0, Oracle::Close);
    let program = program_task(ADD, &["assert f(1) == 2"]);
    for task in [&cases, &program] {
        let candidate = "def f(x):\n    y = x\n    while y:\n        y = x\n    return y\n";
        let judgement = judge(&options(), task, candidate);
        let [test] = &judgement.tests[..] else { panic!("{judgement:?}") };
        let line = test.error.as_ref().and_then(|error| error.line);
        assert!(test.proved && judgement.verdict == Verdict::OutOfFuel && matches!(line, Some(3 | 4)), "{judgement:?}");
        assert!(judgement.usage.fuel < 1_000_000_000, "{judgement:?}");
        // One that counts is no such thing.
        let candidate = "def f(x):\n    while x: x += 1\n    return x\n";
        let judgement = judge(&options(), task, candidate);
        assert!(!judgement.tests[0].proved && judgement.verdict == Verdict::OutOfFuel, "{judgement:?}");
    }
}

#[test]
fn stops_at_the_first_failure_or_runs_all() {
    let inputs: Vec<Vec<Value>> = (0..6).map(|i| vec![Value::Int(i)]).collect();
    let cases = cases_task(ADD, inputs, 0.0, Oracle::Close);
    let program = program_task(
        ADD,
        &[
            "assert f(0) == 1",
            "assert f(1) == 2",
            "assert f(2) == 3",
            "assert f(3) == 4",
            "assert f(4) == 5",
            "assert f(5) == 6",
        ],
    );
    // Wrong at 1, endless at 3, an exit at 4: each of them alone, the others go on.
    let candidate = "import os\ndef f(x):\n    if x == 1: return 0\n    while x == 3: pass\n    if x == 4: os._exit(1)\n    return x + 1\n";
    for task in [&cases, &program] {
        let first = judge(&options(), task, candidate);
        assert_eq!(
            first.tests.iter().map(|test| test.verdict).collect::<Vec<_>>(),
            [Verdict::Pass, Verdict::WrongAnswer]
        );
        let all = judge(&Options { run_all: true, ..options() }, task, candidate);
        let verdicts: Vec<_> = all.tests.iter().map(|test| test.verdict).collect();
        assert_eq!(
            verdicts,
            [
                Verdict::Pass,
                Verdict::WrongAnswer,
                Verdict::Pass,
                Verdict::OutOfFuel,
                Verdict::RuntimeError,
                Verdict::Pass
            ]
        );
        assert_eq!(all.verdict, Verdict::WrongAnswer);
    }
}

#[test]
fn a_failure_says_what_was_asked_expected_and_answered() {
    let inputs = vec![vec![Value::Int(1), Value::str("a\n")]];
    let task = cases_task("def f(x, y):\n    return [x, y]\n", inputs, 0.0, Oracle::Close);
    let test = judge(&options(), &task, "def f(x, y):\n    return (x, y)\n").tests.remove(0);
    assert_eq!(test.input.as_deref(), Some("f(1, 'a\\n')"));
    assert_eq!((test.expected.as_deref(), test.actual.as_deref()), (Some("[1, 'a\\n']"), Some("(1, 'a\\n')")));

    let test = program(ADD, &["x = 2\nassert f(x) == x + 1"], "def f(x):\n    return [x]\n").tests.remove(0);
    assert_eq!(test.input.as_deref(), Some("assert f(x) == x + 1"));
    assert_eq!((test.expected.as_deref(), test.actual.as_deref()), (Some("3"), Some("[2]")));

    let error =
        program(ADD, &["assert f(2) == 3"], "def f(x):\n    y = x\n    return {}[y]\n").error().cloned().unwrap();
    assert_eq!((error.kind.as_str(), error.message.as_str(), error.line), ("KeyError", "2", Some(3)));
}

#[test]
fn standard_containers_cross_as_what_they_are() {
    let reference = "
import collections, datetime, decimal, fractions, array
P = collections.namedtuple('P', 'x y')
def f(kind):
    return {
        'counter': collections.Counter('aab'), 'default': collections.defaultdict(list, a=[1]), 'ordered': collections.OrderedDict(b=1, a=2),
        'deque': collections.deque([1, 2], 5), 'named': P(1, (2,)), 'decimal': decimal.Decimal('1.50'), 'fraction': fractions.Fraction(3, 4),
        'date': datetime.date(2024, 2, 29), 'time': datetime.datetime(2024, 1, 1, 12), 'delta': datetime.timedelta(days=-1, seconds=3), 'array': array.array('d', [1.5]),
        'range': range(1, 10, 3), 'keys': {1: 2}.keys(), 'generator': (i for i in range(3)), 'map': map(str, [1, 2]), 'bytes': bytearray(b'abc'), 'big': 2 ** 100,
        'complex': 1 + 2j, 'nested': {(1, 'a'): [{2, 3}, None, ...]}, 'surrogate': '\\ud800', 'type': int, 'empty': [[], (), {}, set()],
    }[kind]
";
    let tests = [
        "assert f('counter').most_common(1) == [('a', 2)]",
        "d = f('default'); d['new'].append(1); assert d == {'a': [1], 'new': [1]}",
        "assert list(f('ordered')) == ['b', 'a'] and type(f('ordered')).__name__ == 'OrderedDict'",
        "assert f('deque').maxlen == 5 and list(f('deque')) == [1, 2]",
        "assert f('named').y == (2,) and f('named') == (1, (2,))",
        "assert str(f('decimal')) == '1.50' and f('decimal') * 2 == 3",
        "assert f('fraction') * 4 == 3 and f('date').isoformat() == '2024-02-29' and f('time').hour == 12 and f('delta').days == -1",
        "assert f('array').typecode == 'd' and f('array')[0] == 1.5 and list(f('range')) == [1, 4, 7] and 1 in f('keys')",
        "g = f('generator'); assert next(g) == 0 and list(g) == [1, 2] and list(f('map')) == ['1', '2']",
        "assert f('bytes') == b'abc' and type(f('bytes')) is bytearray and f('big') == 2 ** 100 and f('complex').imag == 2",
        "assert f('nested') == {(1, 'a'): [{2, 3}, None, ...]} and f('surrogate') == '\\ud800' and f('type') is int and f('empty') == [[], (), {}, set()]",
    ];
    let judgement = program(reference, &tests, reference);
    assert_eq!(
        (judgement.verdict, judgement.isolation),
        (Verdict::Pass, Isolation::Split),
        "{:?}",
        judgement.tests.last()
    );
}

#[test]
fn arguments_changed_in_place_come_back() {
    let reference =
        "def f(a, b=None, **k):\n    a.sort()\n    if b is not None: b.clear(); b.update(x=1)\n    return a\n";
    let tests = [
        "xs = [3, 1, 2]\nr = f(xs)\nassert xs == [1, 2, 3] and r is xs",
        "xs, d = [2, 1], {'y': 0}\nf(xs, d)\nassert d == {'x': 1}",
        "xs = ['b', 'a']\nalias = xs\nf(xs)\nassert alias == ['a', 'b']",
    ];
    assert_eq!(program(reference, &tests, reference).verdict, Verdict::Pass);
    let copying = "def f(a, b=None):\n    return sorted(a)\n";
    assert_eq!(program(reference, &tests, copying).verdict, Verdict::WrongAnswer);
}

#[test]
fn each_input_is_fresh() {
    let task = cases_task(
        "def f(x):\n    return len(x)\n",
        vec![vec![Value::List(vec![Value::Int(1)])]; 3],
        0.0,
        Oracle::Close,
    );
    assert_eq!(judge(&options(), &task, "def f(x):\n    x.append(1)\n    return len(x) - 1\n").verdict, Verdict::Pass);
}

#[test]
fn exceptions_reach_tests_by_type_and_message() {
    let reference = "def f(x):\n    if x < 0: raise ValueError('negative: %d' % x)\n    return x\n";
    let tests = [
        "try:\n    f(-1)\nexcept ValueError as error:\n    assert str(error) == 'negative: -1'\nelse:\n    assert False, 'no error'",
        "assert f(1) == 1",
    ];
    assert_eq!(program(reference, &tests, reference).verdict, Verdict::Pass);
    let own_type =
        "class Negative(ValueError): pass\ndef f(x):\n    if x < 0: raise Negative('negative: %d' % x)\n    return x\n";
    assert_eq!(program(reference, &tests, own_type).verdict, Verdict::Pass);
    assert_eq!(program(reference, &tests, "def f(x): return x\n").verdict, Verdict::WrongAnswer);
    assert_eq!(
        program(reference, &tests, "def f(x): raise TypeError('negative: -1')\n").verdict,
        Verdict::RuntimeError
    );
    // An exit is not an exception that tests could expect.
    let test = ["try:\n    f(-1)\nexcept BaseException:\n    pass"];
    assert_eq!(program(reference, &test, "def f(x): raise SystemExit(0)\n").verdict, Verdict::RuntimeError);
}

#[test]
fn tolerances_follow_evalplus() {
    let float = |value: f64| vec![Value::Float(value)];
    let identity = "def f(x):\n    return x\n";
    let close = cases_task(identity, vec![float(1.0)], 0.0, Oracle::Close);
    let verdict =
        |task: &Arc<Task>, body: &str| judge(&options(), task, &format!("def f(x):\n    return {body}\n")).verdict;
    assert_eq!(verdict(&close, "x + 9e-7"), Verdict::Pass, "floats get 1e-6");
    assert_eq!(verdict(&close, "x + 2e-6"), Verdict::WrongAnswer);
    assert_eq!(verdict(&close, "int(x)"), Verdict::Pass, "equal is equal");
    assert_eq!(verdict(&close, "float('nan')"), Verdict::WrongAnswer);
    let mixed = cases_task("def f(x):\n    return [x, 'a']\n", vec![float(1.0)], 0.0, Oracle::Close);
    assert_eq!(verdict(&mixed, "[x + 1e-9, 'a']"), Verdict::WrongAnswer, "no tolerance beside text");
    let coarse = cases_task("def f(x):\n    return (x, x)\n", vec![float(1.0)], 1e-3, Oracle::Close);
    assert_eq!(verdict(&coarse, "(x + 9e-4, x)"), Verdict::Pass);
    assert_eq!(verdict(&coarse, "[x + 9e-4, x]"), Verdict::WrongAnswer, "close needs the same type");
    assert_eq!(verdict(&coarse, "(x + 9e-4, x, x)"), Verdict::WrongAnswer);
    let nan = cases_task("def f(x):\n    return float('nan')\n", vec![float(1.0)], 0.0, Oracle::Close);
    assert_eq!(verdict(&nan, "float('nan')"), Verdict::WrongAnswer, "NaN equals nothing, as in EvalPlus");
}

#[test]
fn special_oracles() {
    let one = |oracle, reference: &str, input: Vec<Value>, atol, body: &str| {
        let task = cases_task(reference, vec![input], atol, oracle);
        judge(&options(), &task, &format!("import re\ndef f(*a):\n    return {body}\n")).verdict == Verdict::Pass
    };
    let zero = |body: &str| {
        one(
            Oracle::FindZero,
            "def f(xs): return 0.5",
            vec![Value::List(vec![Value::Int(-6), Value::Int(11), Value::Int(-6), Value::Int(1)])],
            1e-4,
            body,
        )
    };
    assert!(zero("3.00001") && zero("1") && !zero("1.5") && !zero("'a'") && !zero("None"));
    let set = |body: &str| one(Oracle::SameSet, "def f(x): return (1, 2)", vec![Value::None], 0.0, body);
    assert!(set("[2, 1, 1]") && set("{1, 2}") && !set("[1]") && !set("None"));
    let some = |body: &str| {
        one(Oracle::NotNone, "import re\ndef f(x): return re.match('a', x)", vec![Value::str("a")], 0.0, body)
    };
    assert!(some("re.match('a', 'a')") && some("True") && some("'Found'") && !some("None") && !some("False"));
    assert!(
        one(Oracle::OrZero, "def f(x): return 7", vec![Value::None], 0.0, "0")
            && !one(Oracle::OrZero, "def f(x): return 7", vec![Value::None], 0.0, "1")
    );
    assert!(one(Oracle::Anything, "def f(x): return 7", vec![Value::None], 0.0, "'x'"));
    let digits = |body: &str| {
        one(Oracle::DigitDistance, "def f(a, b): return 99", vec![Value::Int(1), Value::Int(256)], 0.0, body)
    };
    assert!(digits("2 + 5 + 5") && digits("99") && !digits("11"));
    let area =
        |body: &str| one(Oracle::SurfaceArea, "def f(a, b): return 33", vec![Value::Int(3), Value::Int(4)], 0.0, body);
    assert!(area("33") && area("35") && !area("34"));
}

#[test]
fn the_fuel_limit_follows_the_reference() {
    let slow = "def f(n):\n    t = 0\n    for i in range(n):\n        t += i\n    return t\n";
    let task = cases_task(slow, vec![vec![Value::Int(300_000)]], 0.0, Oracle::Close);
    let tight = Options { fuel_floor: 1_000_000, fuel_factor: 4.0, ..options() };
    assert_eq!(judge(&tight, &task, slow).verdict, Verdict::Pass, "the reference fits its own limit");
    assert_eq!(judge(&tight, &task, &slow.replace("t += i", "t += sum([i] + [0] * 40)")).verdict, Verdict::OutOfFuel);
}
