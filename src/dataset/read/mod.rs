//! Tasks in the files that people already have, one file a format; and [the native format](native).

mod cruxeval;
mod evalplus;
mod examples;
mod humaneval;
pub(super) mod humanevalfix;
pub(super) mod mbpp;
mod mbpp_inputs;
mod mbpp_r;
pub mod native;
mod record;

pub use mbpp::split as mbpp_split;

use super::DatasetError;
use crate::task::Task;
use record::Record;

/// Reads tasks of whatever format the first record is of.
pub(super) fn tasks(path: &str, text: &str) -> Result<Vec<Task>, DatasetError> {
    let records = record::records(path, text)?;
    let read = reader(&records[0])?;
    records.iter().map(read).collect()
}

/// The first task with one of these names. What comes after it is not read.
pub(super) fn task(path: &str, text: &str, ids: &[String]) -> Result<Option<Task>, DatasetError> {
    let mut read = None;
    for record in record::each(path, text) {
        let record = record?;
        let read = match read {
            Some(read) => read,
            None => *read.insert(reader(&record)?),
        };
        let task = read(&record)?;
        if ids.contains(&task.id) {
            return Ok(Some(task));
        }
    }
    Ok(None)
}

type Read = fn(&Record) -> Result<Task, DatasetError>;

/// The reader of the format that a record is of.
fn reader(first: &Record) -> Result<Read, DatasetError> {
    Ok(if first.has(&["entry_point", "base_input", "canonical_solution"]) {
        evalplus::task
    } else if first.has(&["buggy_solution", "declaration", "test"]) {
        humanevalfix::task
    } else if first.has(&["prompt", "canonical_solution", "test"]) {
        humaneval::task
    } else if first.has(&["visible_tests"]) || first.has(&["hidden_tests"]) {
        native::task
    } else if first.has(&["buggy_code", "test_list"]) {
        mbpp_r::task
    } else if first.has(&["code", "test_list", "task_id"]) {
        mbpp::task
    } else if first.has(&["code", "input", "output", "id"]) {
        cruxeval::task
    } else if first.has(&["buggy_code", "oracle_code"]) {
        return Err(first.error(
            "DebugBench has no executable tests (its judge is LeetCode's), so it cannot be scored or verified",
        ));
    } else {
        return Err(first.error(
            "not a dataset format this program knows: HumanEval, HumanEval+, HumanEvalFix, MBPP, MBPP+, Mbpp-R style, CRUXEval, or its \
             own, which needs `task_id`, `entry_point` and `visible_tests`\n`tracewright dataset --help` and docs/datasets.md describe it",
        ));
    })
}
