//! Programs drawn from a grammar get the verdict that the machine's own `python3` gives them (`tests/differential/`).
//!
//! `TRACEWRIGHT_DIFFERENTIAL=20000 TRACEWRIGHT_SEED=1 cargo test --test end_to_end differential` runs more of them.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::support::tracewright;

const PROGRAMS: &str = "600";

/// One of the scripts, with `arguments`.
fn script(name: &str, arguments: &[&str]) -> Output {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/differential").join(name);
    // Compiled scripts beside their sources would be files of the working tree.
    let mut command = Command::new("python3");
    // What depends on the order of a set is the same in each run.
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONHASHSEED", "0").arg(path).args(arguments).output().unwrap()
}

fn succeeds(output: &Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}\n{}", text(&output.stdout), text(&output.stderr));
}

/// Whether there is a Python that can read the scripts.
fn python() -> bool {
    let version = Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).output();
    version.is_ok_and(|output| output.status.success())
}

fn draw(folder: &Path, programs: &str, seed: &str) {
    succeeds(&script("generate.py", &["--programs", programs, "--seed", seed, "--out", folder.to_str().unwrap()]));
}

#[test]
fn verdicts_are_those_of_the_native_interpreter() {
    if !python() {
        eprintln!("skipped the differential test: no python3 of version 3.11 or later");
        return;
    }
    let number = |variable: &str, default: &str| std::env::var(variable).unwrap_or_else(|_| default.to_owned());
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    draw(folder.path(), &number("TRACEWRIGHT_DIFFERENTIAL", PROGRAMS), &number("TRACEWRIGHT_SEED", "0"));
    succeeds(&script("native.py", &[folder.path().to_str().unwrap()]));
    let mut score = tracewright();
    score.arg("score").arg("--dataset").arg(file("tasks.jsonl")).arg("--samples").arg(file("samples.jsonl"));
    score.args(["--sanitize", "never", "--fuel", "3G", "--memory", "512", "--out"]).arg(file("verdicts"));
    score.assert().success();
    succeeds(&script("compare.py", &["--all", folder.path().to_str().unwrap()]));
}

#[test]
fn the_same_seed_draws_the_same_programs() {
    if !python() {
        eprintln!("skipped the differential test's seeds: no python3 of version 3.11 or later");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let drawn = |name: &str, seed: &str| {
        let into = folder.path().join(name);
        draw(&into, "60", seed);
        ["tasks.jsonl", "samples.jsonl"].map(|file| std::fs::read(into.join(file)).unwrap())
    };
    let first = drawn("first", "5");
    assert!(first == drawn("again", "5") && first != drawn("other", "6"));
}
