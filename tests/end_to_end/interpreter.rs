//! The interpreter as the guest's build makes it: a C stack of a native process, correctly rounded mathematics, sizes of 64 bits.

use serde_json::Value;

use crate::support::tracewright;

/// The output of a program, which must end well.
fn prints(program: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("program.py");
    std::fs::write(&file, program).unwrap();
    let output = tracewright().args(["--json", "run", "--fuel", "300G"]).arg(&file).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(report["status"], "ok", "{report}");
    report["stdout"]["text"].as_str().unwrap().to_owned()
}

/// Each line of `expressions` evaluated after `setup`: the line, and what it gave.
fn evaluates(setup: &str, expressions: &[(&str, &str)]) {
    let lines: Vec<&str> = expressions.iter().map(|(expression, _)| *expression).collect();
    let program = format!(
        "{setup}\nfor line in {}:\n    try: print(repr(eval(line)))\n    except Exception as error: print(type(error).__name__)\n",
        serde_json::to_string(&lines).unwrap()
    );
    let printed = prints(&program);
    let given: Vec<(&str, &str)> = lines.into_iter().zip(printed.lines()).collect();
    assert_eq!(given, expressions);
}

#[test]
fn recursion_through_c_goes_as_deep_as_natively() {
    evaluates(
        include_str!("deep.py"),
        &[
            ("cached(10000)", "10000"),
            ("mapped(6000)", "6000"),
            ("by_key(1900)", "0"),
            ("called(9000)", "9000"),
            ("attribute(9000)", "9000"),
            ("len(repr(nested(20000)))", "40002"),
            ("nested(20000) == nested(20000)", "True"),
            ("pickle.loads(pickle.dumps(nested(8000))) == nested(8000)", "True"),
            ("json.loads('[' * 20000 + ']' * 20000) == nested(19999)", "True"),
            ("ladder(3000)", "2999"),
            ("eval('+'.join(['one'] * 15000))", "15000"),
            ("eval('-' * 5900 + 'one')", "1"),
            ("eval('(' * 190 + 'one' + ')' * 190)", "1"),
        ],
    );
}

#[test]
fn recursion_without_end_is_a_recursion_error() {
    evaluates(
        include_str!("deep.py"),
        &[
            ("cached(10**6)", "RecursionError"),
            ("mapped(10**6)", "RecursionError"),
            ("by_key(10**6)", "RecursionError"),
            ("attribute(10**6)", "RecursionError"),
            ("nested(10**6) == nested(10**6)", "RecursionError"),
            ("repr(nested(10**6))", "RecursionError"),
            ("pickle.dumps(nested(10**6))", "RecursionError"),
            ("json.loads('[' * 10**6)", "RecursionError"),
            ("json.dumps(nested(10**6))", "RecursionError"),
            ("isinstance(1.0, types(10**6))", "RecursionError"),
            ("repr(Loop())", "RecursionError"),
            ("Loop() == Loop()", "RecursionError"),
            ("ladder(10**4)", "MemoryError"),
            ("eval('-' * 10**5 + 'one')", "MemoryError"),
            // It goes on after each, and lets go of what is nested deeper than any stack.
            ("cached(10000)", "10000"),
        ],
    );
}

#[test]
fn mathematics_is_correctly_rounded() {
    let printed = prints(include_str!("rounding.py"));
    assert_eq!(printed.lines().filter(|line| line.ends_with(" 0 of 300")).count(), 23, "{printed}");
}

#[test]
fn mathematics_costs_fuel_and_has_its_errors() {
    evaluates(
        "import math",
        &[
            ("math.cbrt(-27)", "-3.0"),
            ("math.exp(1000)", "OverflowError"),
            ("2.0 ** 5000", "OverflowError"),
            ("math.log(0)", "ValueError"),
            ("math.sin(math.inf)", "ValueError"),
            ("math.pow(0, -1)", "ValueError"),
            ("math.tanh(-0.0)", "-0.0"),
            ("math.atan2(-0.0, -1)", "-3.141592653589793"),
            ("math.hypot(math.inf, math.nan)", "inf"),
            ("math.copysign(1, math.sin(-math.nan))", "1.0"),
        ],
    );
    let (with, without) = (
        fuel("import math\nfor i in range(10000): math.tan(i)"),
        fuel("import math\nfor i in range(10000): math.fabs(i)"),
    );
    assert!(with > without + 10_000 * 50, "{with} {without}");
}

/// The fuel that a program uses when it is run with options.
fn fuel_with(options: &[&str], program: &str) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("program.py");
    std::fs::write(&file, program).unwrap();
    let output = tracewright().args(["--json", "run"]).args(options).arg(&file).assert().success();
    serde_json::from_slice::<Value>(&output.get_output().stdout).unwrap()["fuel"].as_u64().unwrap()
}

fn fuel(program: &str) -> u64 {
    fuel_with(&[], program)
}

#[test]
fn what_the_host_makes_is_charged_by_the_byte() {
    let size = 1 << 20;
    let bytes = fuel(&format!("x = bytes({size})"));
    let random = fuel(&format!("import os\nx = os.urandom({size})"));
    assert!(random > bytes + 16 * size, "{random} {bytes}");
    let quiet = fuel(&format!("import io\nprint('x' * {size}, file=io.StringIO())"));
    let output = fuel(&format!("print('x' * {size})"));
    assert!(output > quiet + 12 * size, "{output} {quiet}");
}

#[test]
fn more_fuel_than_can_be_counted_is_as_much_as_can() {
    let program = "x = sum(range(1000))";
    let used = fuel(program);
    for given in ["9223372036854775807", "9223372036854775808", "18446744073709551615"] {
        assert_eq!(fuel_with(&["--fuel", given], program), used);
    }
    assert_eq!(fuel_with(&["--fuel", &used.to_string()], program), used);
}

#[test]
fn sizes_have_64_bits() {
    evaluates(
        "import sys, itertools, random, functools, collections, bisect, re, io, heapq\nB = 10**11\n\
         class C:\n    def __init__(self, n): self.n = n\n    def __len__(self): return self.n\n\
         def at(l, i, x):\n    l.insert(i, x)\n    return l\n\
         def hot():\n    seen = []\n    for n in [3, B, 2**31, 2**31 - 1, 2**63 - 1] * 50: seen = [*seen[-4:], len(range(n)), len(C(n))]\n    return seen",
        &[
            ("sys.maxsize", "9223372036854775807"),
            ("len(range(0, B, 3))", "33333333334"),
            ("len(range(2**63))", "OverflowError"),
            ("len(C(B))", "100000000000"),
            ("len(C(2**63))", "OverflowError"),
            ("len(C(-B))", "ValueError"),
            ("hot()[-2:]", "[9223372036854775807, 9223372036854775807]"),
            ("hot()[:3]", "[2147483648, 2147483648, 2147483647]"),
            ("sum(map(len, [range(B), 'ab']))", "100000000002"),
            ("list(itertools.islice('abc', 1, B))", "['b', 'c']"),
            ("itertools.islice('abc', 2**63)", "ValueError"),
            ("random.Random(1).choice(range(B)) in range(B)", "True"),
            ("len(random.Random(1).sample(range(B), 3))", "3"),
            ("functools.lru_cache(maxsize=B)(abs)(-3)", "3"),
            ("'banana'.replace('a', 'o', B)", "'bonono'"),
            ("'a b'.split(' ', B) + 'c d'.rsplit(None, sys.maxsize)", "['a', 'b', 'c', 'd']"),
            ("at(at([1], B, 2), -B, 0)", "[0, 1, 2]"),
            ("[1].pop(B)", "IndexError"),
            ("list(collections.deque('abc', B))", "['a', 'b', 'c']"),
            ("[5, 6].index(6, 1, sys.maxsize)", "1"),
            ("[0] * sys.maxsize", "MemoryError"),
            ("() * sys.maxsize", "()"),
            ("range(B)[B // 2 : B // 2 + 1][0]", "50000000000"),
            ("bisect.bisect_left(range(B), B - 5)", "99999999995"),
            ("bisect.bisect(range(B), B, key=lambda v: v * v)", "316228"),
            ("bisect.bisect([1, 2, 2, 3], 2)", "3"),
            ("re.compile('a').findall('banana', 2, sys.maxsize)", "['a', 'a']"),
            ("io.StringIO('abc').read(B)", "'abc'"),
            // Not clamped: the value matters.
            ("list(enumerate('ab', B))", "[(100000000000, 'a'), (100000000001, 'b')]"),
            ("next(itertools.islice(itertools.count(B), 1, 2))", "100000000001"),
            ("itertools.repeat('x', B)", "OverflowError"),
            ("heapq.nsmallest(B, [2, 1])", "[1, 2]"),
        ],
    );
}
