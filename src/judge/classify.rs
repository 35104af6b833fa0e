//! The way from what a guest reports to a verdict.

use super::{ErrorInfo, TestResult, Verdict};
use crate::{
    sandbox::Ending,
    value::{Value, codec::CodecError},
};

/// The longest text of an exception's message in a result, in characters.
const MESSAGE_BOUND: usize = 300;

/// The failure behind an error tuple `(phase, type, base, message, line, classes)` of an instance; `denied` says whether it was refused
/// memory.
pub(super) fn failure(error: &Value, denied: bool) -> TestResult {
    let Some([phase, kind, base, message, line, _]) = error.as_sequence() else {
        return garbled("an error that is not one");
    };
    let (phase, base) = (phase.as_str().unwrap_or_default(), base.as_str().unwrap_or_default());
    let verdict = match base {
        "MemoryError" if denied => Verdict::OutOfMemory,
        _ if phase == "compile" => Verdict::CompileError,
        "ModuleNotFoundError" => Verdict::MissingModule,
        _ => Verdict::RuntimeError,
    };
    TestResult::failed(verdict, info(kind, message, line))
}

/// The failure of an instance that ended.
pub(super) fn ended(ending: &Ending) -> TestResult {
    let verdict = match ending {
        Ending::OutOfFuel | Ending::Endless { .. } => Verdict::OutOfFuel,
        Ending::OutOfMemory => Verdict::OutOfMemory,
        Ending::StackOverflow | Ending::Exit(_) | Ending::Trap(_) => Verdict::RuntimeError,
    };
    let (kind, message) = ending.describe();
    let (proved, line) = match ending {
        Ending::Endless { line } => (true, *line),
        _ => (false, None),
    };
    TestResult { proved, ..TestResult::failed(verdict, ErrorInfo { kind: kind.to_owned(), message, line }) }
}

/// The failure of a value that does not cross.
pub(super) fn opaque(kind: &Value) -> TestResult {
    let kind = kind.as_str().unwrap_or("object");
    let message = format!("the value returned is not plain data: {}", bounded(kind));
    TestResult::failed(Verdict::WrongAnswer, ErrorInfo { kind: "NotPlainData".to_owned(), message, line: None })
}

/// The failure of bytes that are no value.
pub(super) fn undecodable(error: CodecError) -> TestResult {
    if !error.is_of_a_value() {
        return garbled("bytes that are no outcome");
    }
    let message = format!("the value returned cannot be judged: {}", error.what());
    TestResult::failed(Verdict::WrongAnswer, ErrorInfo { kind: "NotPlainData".to_owned(), message, line: None })
}

/// `(verdict, type, base, message, line, classes)`: an error with its verdict in the place of the phase.
pub(super) fn error_tuple(failure: &TestResult, base: &str, classes: Value) -> Value {
    let (kind, message, line) = failure
        .error
        .as_ref()
        .map_or(("", "", None), |error| (error.kind.as_str(), error.message.as_str(), error.line));
    Value::Tuple(vec![
        Value::str(failure.verdict.name()),
        Value::str(kind),
        Value::str(base),
        Value::str(message),
        line.map_or(Value::None, |line| Value::Int(line.into())),
        classes,
    ])
}

/// The failure of an instance whose answers make no sense: the candidate tampered with its own interpreter.
pub(super) fn garbled(what: &str) -> TestResult {
    let message = format!("the instance answered with {what}");
    TestResult::failed(Verdict::RuntimeError, ErrorInfo { kind: "SystemError".to_owned(), message, line: None })
}

/// The exception texts of a guest, bounded.
pub(super) fn info(kind: &Value, message: &Value, line: &Value) -> ErrorInfo {
    let text = |value: &Value| match value {
        Value::Str(text) => bounded(&text.to_string_lossy()),
        _ => String::new(),
    };
    let line = match line {
        Value::Int(line) => u32::try_from(*line).ok(),
        _ => None,
    };
    ErrorInfo { kind: text(kind), message: text(message), line }
}

pub(super) fn bounded(text: &str) -> String {
    match text.char_indices().nth(MESSAGE_BOUND) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
