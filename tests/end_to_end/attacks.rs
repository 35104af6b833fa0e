//! What untrusted code tries: one file an attack under `tests/attacks/`, each with a header that names its expected verdict.
//!
//! Every attack faces both protocols. After each, the same judge must judge a good and a bad candidate correctly.

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use tracewright::judge::{Cases, EntryPoints, Group, Options, Oracle, Program, Task, TestSuite, Value, Verdict};
use tracewright::sandbox::pool;

use crate::support::judge;

const REFERENCE: &str = "def f(xs):\n    return [x * x for x in sorted(xs)]\n";
const BAD: &str = "def f(xs):\n    return xs\n";

fn task(suite: TestSuite) -> Arc<Task> {
    Arc::new(Task {
        id: "attack".to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: Some(REFERENCE.to_owned()),
        suite,
    })
}

fn suites() -> [Arc<Task>; 2] {
    let list = |items: &[i64]| Value::Tuple(vec![Value::List(items.iter().map(|item| Value::Int(*item)).collect())]);
    let cases = Cases {
        inputs: vec![list(&[3, 1, 2]), list(&[]), list(&[-5, 4])],
        atol: 0.0,
        oracle: Oracle::Close,
        groups: vec![Group { name: "base", len: 3 }],
    };
    let tests = [
        "assert f([3, 1, 2]) == [1, 4, 9]",
        "assert f([]) == []",
        "def check(candidate):\n    assert candidate([-5, 4]) == [25, 16]\ncheck(f)",
    ];
    let program = Program {
        setup: String::new(),
        tests: tests.map(str::to_owned).to_vec(),
        entry_points: EntryPoints::Named,
        groups: vec![Group { name: "tests", len: 3 }],
    };
    [task(TestSuite::Cases(cases)), task(TestSuite::Program(program))]
}

#[test]
fn no_attack_gets_a_verdict_it_did_not_earn() {
    let options = Options { fuel_floor: 2_000_000_000, memory: 256 << 20, ..Options::default() };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    assert!(files.len() >= 40, "{} attacks", files.len());
    let suites = suites();
    let check = |index: usize| {
        let file = &files[index];
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let program = std::fs::read_to_string(file).unwrap();
        let header = program.lines().find_map(|line| line.strip_prefix("# expect: "));
        let header = header.unwrap_or_else(|| panic!("{name} has no `# expect: ` line"));
        let known = |word: &str| Verdict::from_name(word.trim()).unwrap_or_else(|| panic!("{name}: {word}"));
        let expected: Vec<Verdict> = header.split(" or ").map(known).collect();
        let mut wrong = Vec::new();
        for (suite, protocol) in suites.iter().zip(["cases", "program"]) {
            let judgement = judge(&options, suite, &program);
            if !expected.contains(&judgement.verdict) {
                wrong.push(format!("{name} ({protocol}): expected {header}, got {judgement:?}"));
            }
            let after = [judge(&options, suite, REFERENCE).verdict, judge(&options, suite, BAD).verdict];
            if after != [Verdict::Pass, Verdict::WrongAnswer] {
                wrong.push(format!("after {name} ({protocol}): {after:?}"));
            }
        }
        wrong
    };
    let mut wrong = Vec::new();
    pool::run(pool::default_jobs(), files.len(), check, |_, found| {
        wrong.extend(found);
        ControlFlow::<()>::Continue(())
    })
    .unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
