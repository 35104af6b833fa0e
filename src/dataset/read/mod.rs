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
    let first = &records[0];
    let read: fn(&Record) -> Result<Task, DatasetError> = if first.has(&[
        "entry_point",
        "base_input",
        "canonical_solution",
    ]) {
        evalplus::task
    } else if first.has(&["buggy_solution", "declaration", "test"]) {
        humanevalfix::task
    } else if first.has(&["prompt", "canonical_solution", "test"]) {
        humaneval::task
    } else if first.has(&["entry_point", "visible_tests"]) {
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
            "not a dataset format this program knows: HumanEval, HumanEval+, HumanEvalFix, MBPP, MBPP+, Mbpp-R style, CRUXEval or its own (see `dataset --help`)",
        ));
    };
    records.iter().map(read).collect()
}
