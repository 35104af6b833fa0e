//! The tests that need no tester.
//!
//! Most tests are `assert f(1, 2) == 3`: one call with literals and one comparison. A tester would send the candidate that call, compare
//! its answer by Python's `==` and say what it saw; nothing before it changes what it does, if all tests before are of that kind. So the
//! host does the same, by [`equal`], and a wrong answer costs one instance instead of two. What a failure's report shows of a value is
//! `reprlib`'s; it is written here for small plain values, and whatever is neither small nor plain is left to a tester. `tests/end_to_end/direct.rs`
//! holds the two against each other over some hundred answers. A tester's own fuel is not used up by tests that need none.

use super::super::{ErrorInfo, TestResult, Verdict, classify};
use crate::value::{Value, codec, equality::equal, repr::repr};

/// The longest encoded answer that is looked at here, in bytes.
const ANSWER_BOUND: usize = 4096;
/// `reprlib`'s bounds, as `guest/python/tracewright_guest/tester.py` sets them.
const TEXT_BOUND: usize = 400;
const STRING_BOUND: usize = 160;
const LIST_BOUND: usize = 24;
const DICT_BOUND: usize = 16;
const LEVELS: usize = 5;
/// The number of characters of a float's mantissa up to which there is one shortest decimal.
const SHORT_FLOAT: usize = 15;

/// A test of the form `assert name(literals) == literal`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct DirectCall {
    /// The function it calls.
    name: String,
    /// The request that a stub would make for it.
    pub(in crate::judge) request: Vec<u8>,
    /// The call, for reports.
    call: String,
    /// The value that the answer must equal.
    expected: Value,
    /// The text of the value, for reports.
    expected_text: String,
}

impl DirectCall {
    /// The calls in the guest's list of `(name, request, call, expected, expected-text)`.
    pub(in crate::judge) fn read_all(calls: &Value) -> Option<Vec<Self>> {
        calls.as_sequence()?.iter().map(Self::read).collect()
    }

    fn read(call: &Value) -> Option<Self> {
        let [name, Value::Bytes(request), call, expected, expected_text] = call.as_sequence()? else { return None };
        // Text of the guest may hold what Rust's strings cannot.
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Self {
            name: text(name)?,
            request: request.clone(),
            call: text(call)?,
            expected: expected.clone(),
            expected_text: text(expected_text)?,
        })
    }

    /// The inverse of [`read_all`](Self::read_all), for one.
    pub(in crate::judge) fn to_value(&self) -> Value {
        Value::Tuple(vec![
            Value::str(&self.name),
            Value::Bytes(self.request.clone()),
            Value::str(&self.call),
            self.expected.clone(),
            Value::str(&self.expected_text),
        ])
    }

    /// The call itself, if it calls one of these functions.
    pub(in crate::judge) fn of_stubs(self, stubs: &[String]) -> Option<Self> {
        stubs.contains(&self.name).then_some(self)
    }

    /// Returns the result that a tester would give for `answer` in the test `source`, if that can be said without one.
    pub(in crate::judge) fn result(&self, source: &str, answer: &[u8]) -> Option<TestResult> {
        if answer.len() > ANSWER_BOUND {
            return None;
        }
        let answer = codec::decode_message(answer).ok()?;
        let items = answer.as_sequence()?;
        match (items.first()?.as_str()?, items) {
            ("return", [_, value, Value::None]) => self.compared(source, value),
            // The tester makes the exception again, which fails for some arguments.
            ("raise", [_, error, arguments, Value::None, Value::None, Value::None]) if is_plain(arguments) => {
                failed(error, source)
            }
            ("gone", [_, error]) => failed(error, &self.call),
            _ => None,
        }
    }

    fn compared(&self, source: &str, value: &Value) -> Option<TestResult> {
        if value.any(&|value| matches!(value, Value::Std(_) | Value::Shared(..) | Value::Again(_))) {
            return None;
        }
        if equal(value, &self.expected) {
            return Some(TestResult::pass());
        }
        let actual = small(value)?;
        let error = ErrorInfo { kind: "AssertionError".to_owned(), message: String::new(), line: Some(1) };
        Some(TestResult {
            input: Some(source.to_owned()),
            expected: Some(self.expected_text.clone()),
            actual: Some(actual),
            ..TestResult::failed(Verdict::WrongAnswer, error)
        })
    }
}

/// Whether an exception's arguments are none or scalars.
fn is_plain(arguments: &Value) -> bool {
    let scalar = |item: &Value| {
        matches!(
            item,
            Value::None | Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Str(_)
        )
    };
    match arguments {
        Value::None => true,
        Value::Tuple(items) => items.iter().all(scalar),
        _ => false,
    }
}

/// The failure of an error that came through the host, which carries its verdict.
fn failed(error: &Value, input: &str) -> Option<TestResult> {
    let [verdict, kind, _, message, line, _] = error.as_sequence()? else { return None };
    let verdict = Verdict::from_name(verdict.as_str()?)?;
    Some(TestResult {
        input: Some(input.to_owned()),
        ..TestResult::failed(verdict, classify::info(kind, message, line))
    })
}

/// Returns the text that `reprlib` writes for a value, if it need not shorten that.
fn small(value: &Value) -> Option<String> {
    if !is_small(value, LEVELS) {
        return None;
    }
    let text = repr(value, TEXT_BOUND + 1);
    (text.len() <= TEXT_BOUND).then_some(text)
}

fn is_small(value: &Value, levels: usize) -> bool {
    match value {
        Value::None | Value::Bool(_) | Value::Int(_) => true,
        // Of equally short and equally near decimals Python takes the even one.
        Value::Float(float) => format!("{float:e}").bytes().take_while(|byte| *byte != b'e').count() <= SHORT_FLOAT,
        Value::Str(text) => text.as_str().is_some_and(is_small_text),
        Value::List(items) | Value::Tuple(items) => {
            levels > 0 && items.len() <= LIST_BOUND && items.iter().all(|item| is_small(item, levels - 1))
        }
        Value::Dict(items) => {
            // `reprlib` sorts the keys.
            let in_order = items.windows(2).all(|pair| match (&pair[0].0, &pair[1].0) {
                (Value::Int(a), Value::Int(b)) => a < b,
                (Value::Str(a), Value::Str(b)) => a.as_str().zip(b.as_str()).is_some_and(|(a, b)| a < b),
                _ => false,
            });
            levels > 0
                && in_order
                && items.len() <= DICT_BOUND
                && items.iter().all(|(key, item)| is_small(key, levels - 1) && is_small(item, levels - 1))
        }
        _ => false,
    }
}

/// Whether a text is plain ASCII, with room for quotes and backslashes to be escaped.
fn is_small_text(text: &str) -> bool {
    text.len() < STRING_BOUND / 2 && text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'))
}
