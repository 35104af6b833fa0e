//! The things that untrusted code tries: one file an attack in this folder, each with a header that names its class, its expected verdict
//! and how it works.
//!
//! A binary of its own, so that nothing else of the tests shares the process whose memory and files are watched.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod contract;
mod corpus;
mod forms;
mod objects;
mod round;
mod threads;

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex},
};

use tracewright::internals::{
    judge::{Judge, Judgement, Options, Prepared, Verdict},
    sandbox::{CacheDir, Sandbox, Settings},
    task::{Cases, EntryPoints, Group, Oracle, Program, Task, TestSuite},
    value::Value,
};

/// The task that all attacks attack.
const REFERENCE: &str = "def f(xs):\n    return [x * x for x in sorted(xs)]\n";

static SANDBOX: LazyLock<Arc<Sandbox>> = LazyLock::new(|| {
    let cache = CacheDir::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    Arc::new(Sandbox::new(&Settings { jobs: 4, cache }, &mut |_| {}).expect("the sandbox starts"))
});

/// The lock that a test holds while it runs: the others' memory would count as its own.
static ALONE: Mutex<()> = Mutex::new(());

/// One file.
struct Attack {
    name: String,
    program: String,
    /// The expected verdicts, any of which will do.
    expected: Vec<Verdict>,
}

impl Attack {
    fn fails(&self) -> bool {
        !self.expected.contains(&Verdict::Pass)
    }
}

/// Every file of this folder, by name.
fn attacks() -> Vec<Attack> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    files.sort();
    files
        .iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            let program = std::fs::read_to_string(file).unwrap();
            let field = |field: &str| {
                let found = program.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(": "));
                found.unwrap_or_else(|| panic!("{name} has no `{field}: ` line")).to_owned()
            };
            assert!(field("# class").split(' ').next().is_some_and(|class| class.parse::<u8>().is_ok()), "{name}");
            assert!(!field("# how").is_empty(), "{name}");
            let known = |word: &str| Verdict::from_name(word.trim()).unwrap_or_else(|| panic!("{name}: {word}"));
            let expected = field("# expect").split(" or ").map(known).collect();
            Attack { name, program, expected }
        })
        .collect()
}

/// The ways in which a candidate is tested.
const PROTOCOLS: [&str; 3] = ["cases", "program", "by reference"];

fn judge(fuel: u64) -> Judge {
    let options = Options { fuel_floor: fuel, memory: 256 << 20, ..Options::default() };
    Judge::new(Arc::clone(&SANDBOX), CacheDir::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cache")), options)
}

/// The attacked task under each protocol.
fn prepared(judge: &Judge) -> [Prepared; 3] {
    let list = |items: &[i64]| Value::Tuple(vec![Value::List(items.iter().map(|item| Value::Int(*item)).collect())]);
    let cases = TestSuite::Cases(Cases {
        inputs: vec![list(&[3, 1, 2]), list(&[]), list(&[-5, 4])],
        atol: 0.0,
        oracle: Oracle::Close,
        groups: vec![Group { name: "base", len: 3 }],
    });
    let tests = [
        "assert f([3, 1, 2]) == [1, 4, 9]",
        "assert f([]) == []",
        "def check(candidate):\n    assert candidate([-5, 4]) == [25, 16]\ncheck(f)",
    ];
    let program = TestSuite::Program(Program {
        setup: String::new(),
        tests: tests.map(str::to_owned).to_vec(),
        entry_points: EntryPoints::Named,
        groups: vec![Group { name: "tests", len: 3 }],
    });
    // Without a reference a candidate's objects reach the tests wherever it gives some.
    [(cases, true), (program.clone(), true), (program, false)].map(|(suite, referenced)| {
        let task = Arc::new(Task {
            id: "attack".to_owned(),
            description: String::new(),
            entry_point: "f".to_owned(),
            prompt: String::new(),
            buggy: None,
            reference: referenced.then(|| REFERENCE.to_owned()),
            visible: Vec::new(),
            suite,
        });
        judge.prepare(&task).unwrap()
    })
}

/// The part of a judgement that must not depend on anything but the candidate.
fn essence(judgement: &Judgement) -> (Verdict, u64, usize, String) {
    (judgement.verdict, judgement.usage.fuel, judgement.usage.peak_memory, format!("{:?}", judgement.tests))
}
