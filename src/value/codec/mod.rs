//! The strict codec of [`Value`]: the host's half of `guest/python/tracewright_guest/wire.py`.
//!
//! The format is CPython's `marshal`, version 4, restricted to data (no code, no interning), plus `X`, a kind letter and a payload
//! for types of the standard library and for what conversations hold besides data. Values are trees, or graphs where what is shared
//! matters. What is written is the same for equal graphs. Bytes from a guest are hostile: decoding checks every length
//! against what is left before it allocates, bounds nesting and the number of values, and refuses trailing bytes.

mod error;
mod extension;
mod reader;
mod writer;

pub use self::error::CodecError;
use self::reader::Mode;
use super::Value;

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
