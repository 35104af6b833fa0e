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
use self::{error::TOO_LONG, reader::Mode};
use super::Value;

/// The number of bytes that one value may take when it crosses. The host holds an answer several times over (as bytes, as values, as what
/// goes to the tester), so this bounds what one candidate costs it.
pub const BYTES_BOUND: usize = 64 << 20;

/// Decodes exactly one value of plain data, as a tree: what is shared in it stands each time.
///
/// # Errors
///
/// [`CodecError`] for anything but one well-formed value and nothing after it, for values that hold themselves, and beyond [`BYTES_BOUND`].
pub fn decode(bytes: &[u8]) -> Result<Value, CodecError> {
    within_bound(bytes)?;
    reader::read(bytes, Mode::Tree)
}

/// Decodes what this program has encoded itself, however long.
///
/// # Errors
///
/// As [`decode`], without its bound.
pub(crate) fn decode_own(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, Mode::Tree)
}

/// Decodes exactly one value as a graph, with the tokens of conversations (`guest/python/tracewright_guest/remote.py`).
///
/// # Errors
///
/// As [`decode`].
pub fn decode_message(bytes: &[u8]) -> Result<Value, CodecError> {
    within_bound(bytes)?;
    reader::read(bytes, Mode::Answer)
}

fn within_bound(bytes: &[u8]) -> Result<(), CodecError> {
    if bytes.len() > BYTES_BOUND { Err(CodecError { what: TOO_LONG, at: BYTES_BOUND }) } else { Ok(()) }
}

/// Decodes a tester's message, which may hold the code of the test's own functions and be of any length.
///
/// # Errors
///
/// As [`decode`], without its bound.
pub(crate) fn decode_request(bytes: &[u8]) -> Result<Value, CodecError> {
    reader::read(bytes, Mode::Request)
}

/// Encodes a value.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    writer::write(value)
}
