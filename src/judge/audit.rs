//! The audit of what a candidate tried besides solving its task: a report for people, never a verdict.
//!
//! The guest watches from within (`guest/python/tracewright_guest/audit.py`), where a candidate could undo it; exits, floods, values
//! that do not cross and answers that make no sense show from outside.

use super::{TestResult, classify};
use crate::{
    sandbox::{Ending, Instance},
    value::{Value, codec},
};

/// The most findings taken from one instance.
const BOUND: usize = 40;
/// The number of bytes of output that are a flood.
const FLOOD: u64 = 1 << 20;

/// Returns the findings that an instance can tell of its candidate.
pub(super) fn of_instance(instance: &mut Instance) -> Vec<String> {
    let mut found = Vec::new();
    match instance.findings() {
        Ok(reply) => found.extend(of_reply(&reply)),
        Err(Ending::Exit(code)) => found.push(format!("exit: status {code}")),
        // Limits and traps have a verdict of their own.
        Err(_) => {}
    }
    let (output, errors) = instance.take_output();
    if output.total.saturating_add(errors.total) > FLOOD {
        found.push("output: flooded".to_owned());
    }
    found
}

/// The findings in an instance's reply.
pub(super) fn of_reply(reply: &[u8]) -> Vec<String> {
    let Ok(Value::List(items)) = codec::decode(reply) else { return Vec::new() };
    items.iter().take(BOUND).filter_map(Value::as_str).map(classify::bounded).collect()
}

/// Returns the findings that the results of a candidate's tests show.
pub(super) fn of_tests(tests: &[TestResult]) -> Vec<String> {
    let errors = tests.iter().filter_map(|test| test.error.as_ref());
    errors
        .filter_map(|error| match error.kind.as_str() {
            "SystemExit" => Some("exit: SystemExit".to_owned()),
            "NotPlainData" => Some(format!("value: {}", error.message)),
            "SystemError" if error.message.starts_with("the instance answered") => {
                Some("protocol: answers that make no sense".to_owned())
            }
            _ => None,
        })
        .collect()
}
