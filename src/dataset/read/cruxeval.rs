//! `CRUXEval` (Gu et al. 2024): a function, an input and its output, as one assertion.

use super::{super::DatasetError, record::Record};
use crate::task::{EntryPoints, Group, Program, Task, TestSuite};

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let test = format!("assert f({}) == {}", record.text("input")?, record.text("output")?);
    Ok(Task {
        id: record.text("id")?.to_owned(),
        description: String::new(),
        entry_point: "f".to_owned(),
        prompt: String::new(),
        buggy: None,
        reference: Some(record.text("code")?.to_owned()),
        visible: vec![test.clone()],
        suite: TestSuite::Program(Program {
            setup: String::new(),
            tests: vec![test],
            entry_points: EntryPoints::Named,
            groups: vec![Group { name: "tests", len: 1 }],
        }),
    })
}
