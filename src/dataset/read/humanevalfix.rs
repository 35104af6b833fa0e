//! HumanEvalFix (Muennighoff et al. 2023, `OctoPack`), and HumanEvalFix+ (the paper's `HeFix`+): its buggy programs with EvalPlus's tests.

use std::collections::HashMap;

use super::{super::DatasetError, humaneval::check, record::Record};
use crate::task::Task;

pub(super) fn task(record: &Record) -> Result<Task, DatasetError> {
    let (declaration, test) = (record.text("declaration")?, record.text("test")?);
    let description = record.optional_text("docstring")?.or(record.optional_text("text")?).unwrap_or_default();
    Ok(Task {
        id: record.text("task_id")?.to_owned(),
        description: description.to_owned(),
        entry_point: record.text("entry_point")?.to_owned(),
        prompt: declaration.to_owned(),
        buggy: Some(format!("{declaration}{}", record.text("buggy_solution")?)),
        reference: Some(format!("{declaration}{}", record.text("canonical_solution")?)),
        // HumanEvalFixTests shows the model the whole test; where the task gives examples, those will do.
        visible: vec![
            record.optional_text("example_test")?.filter(|test| !test.trim().is_empty()).unwrap_or(test).to_owned(),
        ],
        // The test ends in a call of `check`.
        suite: check(format!("{test}\n")),
    })
}

/// HumanEvalFix+: the tests and references of `plus` (HumanEvalFix's own references fail 19 of its tasks), the rest of `fix`, joined
/// by number.
pub(in super::super) fn with_plus_tests(
    fix: Vec<Task>,
    plus: Vec<Task>,
    path: &str,
) -> Result<Vec<Task>, DatasetError> {
    let number = |id: &str| id.rsplit('/').next().map(str::to_owned);
    let mut plus: HashMap<_, _> = plus.into_iter().map(|task| (number(&task.id), task)).collect();
    fix.into_iter()
        .map(|task| {
            let tests = plus.remove(&number(&task.id)).ok_or_else(|| DatasetError::Format {
                path: path.to_owned(),
                message: format!("HumanEval+ has no task for {}", task.id),
            })?;
            Ok(Task { id: tests.id, reference: tests.reference, suite: tests.suite, ..task })
        })
        .collect()
}
