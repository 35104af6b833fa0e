//! The strict codec of [`Value`]: the host's half of `guest/python/tracewright_guest/wire.py`.
//!
//! The format is CPython's `marshal`, version 4, restricted to data (no code, no interning), plus `X`, a kind letter and a payload
//! for types of the standard library and for what conversations hold besides data. Values are trees, or graphs where what is shared
//! matters. What is written is the same for equal graphs. Bytes from a guest are hostile: decoding checks every length
//! against what is left before it allocates, bounds nesting and the number of values, and refuses trailing bytes.

mod extension;
mod reader;
mod writer;

use super::Value;
use reader::Mode;

/// Why bytes are not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a value of the wire format: {what} at byte {at}")]
pub struct CodecError {
    what: &'static str,
    at: usize,
}

/// What is said of values that are too large to cross.
const TOO_DEEP: &str = "it is nested more than 5,000 levels deep";
const CYCLE: &str = "it holds itself";
const TOO_MANY: &str = "it has too many parts (32 million, or a million where they are shared)";

impl CodecError {
    /// What is wrong.
    pub(crate) fn what(&self) -> &'static str {
        self.what
    }

    /// Whether it is a value, but one that cannot be judged: no sign of tampering.
    pub(crate) fn is_of_a_value(&self) -> bool {
        [TOO_DEEP, TOO_MANY, CYCLE].contains(&self.what)
    }
}

/// Decodes exactly one value of plain data, as a tree: what is shared in it stands each time.
///
/// # Errors
///
/// [`CodecError`] for anything but one well-formed value and nothing after it, and for values that hold themselves.
pub fn decode(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, Mode::Tree)
}

/// Decodes exactly one value as a graph, with the tokens of conversations (`guest/python/tracewright_guest/remote.py`).
///
/// # Errors
///
/// As [`decode`].
pub fn decode_message(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, Mode::Answer)
}

/// Decodes a tester's message, which may hold the code of the test's own functions.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn decode_request(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, Mode::Request)
}

/// Encodes a value.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    writer::write(value)
}
