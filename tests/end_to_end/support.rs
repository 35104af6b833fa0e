//! The things that the tests share: one sandbox a process, the binary, the published data where it is.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use assert_cmd::Command;
use tracewright::internals::{
    judge::{Judge, Judgement, Options},
    sandbox::{CacheDir, Sandbox, Settings, pool},
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

/// A cache of the tests' own, so that they neither use nor change the user's; kept between runs to save compiling.
pub(crate) fn cache() -> CacheDir {
    CacheDir::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cache"))
}

pub(crate) static SANDBOX: LazyLock<Arc<Sandbox>> = LazyLock::new(|| {
    let settings = Settings { jobs: 16, cache: cache() };
    Arc::new(Sandbox::new(&settings, &mut |_| {}).expect("the sandbox starts"))
});

/// The binary, with the tests' cache and an environment of its own.
pub(crate) fn tracewright() -> Command {
    LazyLock::force(&SANDBOX);
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracewright"));
    command.env("TRACEWRIGHT_CACHE", cache().path()).env_remove("TRACEWRIGHT_DATA").env("NO_COLOR", "1");
    command
}

/// Judges one program on a worker's stack.
pub(crate) fn judge(options: &Options, task: &Arc<Task>, program: &str) -> Judgement {
    let judge = Judge::new(Arc::clone(&SANDBOX), cache(), options.clone());
    let judged = pool::run_one(|| judge.prepare(task).and_then(|prepared| judge.judge(&prepared, program)));
    judged.expect("a worker").expect("no fault")
}

/// A task with test code, whose reference defines what the tests need.
pub(crate) fn program_task(reference: &str, tests: &[&str]) -> Arc<Task> {
    Arc::new(Task {
        id: "test".to_owned(),
        description: String::new(),
        entry_point: String::new(),
        prompt: String::new(),
        buggy: None,
        reference: Some(reference.to_owned()),
        visible: Vec::new(),
        suite: TestSuite::Program(Program {
            setup: String::new(),
            tests: tests.iter().map(|test| (*test).to_owned()).collect(),
            entry_points: EntryPoints::FromTests,
            groups: vec![Group { name: "tests", len: tests.len() }],
        }),
    })
}

/// The directory with the published data, or nothing where it is not there; says so.
pub(crate) fn published_data(test: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped {test}: no published data at {}", path.display());
    None
}
