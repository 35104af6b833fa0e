//! The strict codec of [`Value`]: the host's half of `guest/python/tracewright_guest/wire.py`.
//!
//! The format is CPython's `marshal`, version 2, restricted to data (no code, no references, no interning), plus `X`, a kind
//! letter and a payload for types of the standard library. Bytes from a guest are hostile: decoding checks every length
//! against what is left before it allocates, bounds nesting and the number of values, and refuses trailing bytes.

mod reader;
mod writer;

use super::value::Value;

/// Why bytes are not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a value of the wire format: {what} at byte {at}")]
pub struct CodecError {
    what: &'static str,
    at: usize,
}

/// Decodes exactly one value.
///
/// # Errors
///
/// [`CodecError`] for anything but one well-formed value and nothing after it.
pub fn decode(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, false)
}

/// Decodes a tester's request, which may hold the code of the test's own functions.
///
/// # Errors
///
/// As [`decode`].
pub(super) fn decode_request(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, true)
}

/// Encodes a value.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    writer::write(value, &mut out);
    out
}
