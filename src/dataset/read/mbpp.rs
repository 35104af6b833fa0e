//! MBPP (Austin et al. 2021), full and sanitized, with its own splits by task number.

use super::{super::DatasetError, record::Record};
use crate::task::{EntryPoints, Group, Program, Task, TestSuite};

/// The splits of the dataset card, by first and last task number.
const SPLITS: [(&str, i64, i64); 4] =
    [("prompt", 1, 10), ("test", 11, 510), ("validation", 511, 600), ("train", 601, 974)];

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let number = record.integer("task_id")?;
    // The sanitized file calls the description `prompt`, and imports that the tests need `test_imports`.
    let description = record.optional_text("text")?.or(record.optional_text("prompt")?).unwrap_or_default();
    let mut setup =
        if record.has(&["test_imports"]) { record.texts("test_imports")?.join("\n") } else { String::new() };
    setup.push_str(record.optional_text("test_setup_code")?.unwrap_or_default());
    if record.optional_text("test")?.is_some_and(|test| test.contains("import numpy")) {
        return Err(record.error("the tests import numpy (EvalPlus's OriginFmt file), which the sandbox does not have: use EvalPlus's plain file instead"));
    }
    Ok(Task {
        id: format!("Mbpp/{number}"),
        description: description.to_owned(),
        entry_point: String::new(),
        prompt: String::new(),
        buggy: None,
        reference: Some(record.text("code")?.to_owned()),
        visible: record.texts("test_list")?,
        suite: asserts(setup, record.texts("test_list")?),
    })
}

/// The assertions in order, each a test.
pub(super) fn asserts(setup: String, tests: Vec<String>) -> TestSuite {
    let groups = vec![Group { name: "tests", len: tests.len() }];
    TestSuite::Program(Program { setup, tests, entry_points: EntryPoints::FromTests, groups })
}

/// The split of the task `id`, such as `Mbpp/601`: `prompt`, `test`, `validation` or `train`.
#[must_use]
pub fn split(id: &str) -> Option<&'static str> {
    let number = id.rsplit('/').next()?.parse::<i64>().ok()?;
    SPLITS.iter().find(|(_, first, last)| (*first..=*last).contains(&number)).map(|(name, ..)| *name)
}

/// Keeps the tasks of a split.
pub(in super::super) fn keep_split(tasks: Vec<Task>, split: &str) -> Option<Vec<Task>> {
    let wanted = if split == "dev" { "validation" } else { split };
    SPLITS.iter().any(|(name, ..)| *name == wanted).then_some(())?;
    Some(tasks.into_iter().filter(|task| self::split(&task.id) == Some(wanted)).collect())
}
