//! HumanEval (Chen et al. 2021), as openai/human-eval publishes it.

use super::{super::DatasetError, examples, record::Record};
use crate::task::{EntryPoints, Group, Program, Task, TestSuite};

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let (prompt, entry_point) = (record.text("prompt")?, record.text("entry_point")?);
    let test = record.text("test")?;
    if test.contains("import numpy") {
        return Err(record.error("the tests import numpy (EvalPlus's OriginFmt file), which the sandbox does not have: use EvalPlus's plain file instead"));
    }
    Ok(Task {
        id: record.text("task_id")?.to_owned(),
        description: prompt.to_owned(),
        entry_point: entry_point.to_owned(),
        prompt: prompt.to_owned(),
        buggy: None,
        reference: Some(format!("{prompt}{}", record.text("canonical_solution")?)),
        visible: examples::doctests(prompt),
        suite: check(format!("{test}\ncheck({entry_point})\n")),
    })
}

/// One test: a `check` function and its call.
pub(super) fn check(test: String) -> TestSuite {
    TestSuite::Program(Program {
        setup: String::new(),
        tests: vec![test],
        entry_points: EntryPoints::Named,
        groups: vec![Group { name: "tests", len: 1 }],
    })
}
