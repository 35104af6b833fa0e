//! The messages of a tester: what goes into it and what comes out of it.

use super::super::{Isolation, Prepared, TestResult, Verdict, classify, contract::Terms};
use crate::{
    sandbox::Instance,
    value::{Value, codec},
};

/// Returns the argument of `open-suite`; its parts are documented in `guest/python/tracewright_guest/tester.py`.
pub(super) fn plan(setup: &str, prepared: &Prepared) -> Vec<u8> {
    let text = |name: &String| Value::str(name);
    let stubs = match prepared.isolation {
        Isolation::Split | Isolation::Reference => Value::List(prepared.stubs.iter().map(text).collect()),
        Isolation::Colocated => Value::None,
    };
    let class = |(name, base): &(String, Option<String>)| {
        Value::Tuple(vec![text(name), base.as_ref().map_or(Value::None, text)])
    };
    codec::encode(&Value::Tuple(vec![
        Value::str(setup),
        stubs,
        prepared.helpers.as_ref().map_or(Value::None, text),
        Value::List(prepared.classes.iter().map(class).collect()),
        Value::List(prepared.values.iter().map(text).collect()),
        Value::Bool(matches!(prepared.terms, Terms::Free) && prepared.task.reference.is_none()),
        Value::Bool(prepared.keeps),
    ]))
}

/// The failure in a test's reply `(status, error, input, expected, actual, nonce)`, if it did not pass.
pub(super) fn failed(reply: &[u8], nonce: &str, instance: &Instance) -> Option<TestResult> {
    let Ok(Value::Tuple(items)) = codec::decode(reply) else {
        return Some(classify::garbled("bytes that are no result"));
    };
    let [status, error, input, expected, actual, echoed] = items.as_slice() else {
        return Some(classify::garbled("bytes that are no result"));
    };
    if echoed.as_str() != Some(nonce) {
        return Some(classify::garbled("the result of another test"));
    }
    let text = |value: &Value| match value {
        Value::Str(text) => Some(text.to_string_lossy()),
        _ => None,
    };
    let failure = match status.as_str() {
        Some("pass") => return None,
        Some("wrong") => match error.as_sequence() {
            Some([_, kind, _, message, line, _]) => {
                TestResult::failed(Verdict::WrongAnswer, classify::info(kind, message, line))
            }
            _ => classify::garbled("bytes that are no result"),
        },
        Some("raised" | "gone") => match error.as_sequence() {
            // Errors that came through the host carry their verdict; a colocated candidate's carry the phase.
            Some([phase, kind, _, message, line, _]) => match phase.as_str().and_then(Verdict::from_name) {
                Some(verdict) => TestResult::failed(verdict, classify::info(kind, message, line)),
                None => classify::failure(error, instance.denied_memory()),
            },
            _ => classify::garbled("bytes that are no result"),
        },
        _ => classify::garbled("bytes that are no result"),
    };
    Some(TestResult { input: text(input), expected: text(expected), actual: text(actual), ..failure })
}

/// Whether the test passed and changed containers that operations on the candidate's objects had given it.
pub(super) fn changed_copies(reply: &[u8]) -> bool {
    let reply = codec::decode(reply).ok();
    let items = reply.as_ref().and_then(Value::as_sequence);
    matches!(items, Some([status, Value::Bool(true), ..]) if status.as_str() == Some("pass"))
}
