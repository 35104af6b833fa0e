//! Output without panics: a result that cannot be written is an error, a note that cannot be written is nothing.

use std::{
    fmt::{Arguments, Display},
    io::{self, Write},
};

use anyhow::Context;

/// Prints text on standard output.
pub(super) fn text(text: &str) -> super::Outcome<()> {
    write(anstream::stdout().lock(), text)
}

/// Prints bytes on standard output as they are.
pub(super) fn raw(bytes: &[u8]) -> super::Outcome<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).context("cannot write to standard output").map_err(Into::into)
}

/// Prints a line on standard output.
pub(super) fn line(line: Arguments<'_>) -> super::Outcome<()> {
    text(&format!("{line}\n"))
}

/// Prints one JSON value on a line of its own.
pub(super) fn json<T: serde::Serialize>(value: &T) -> super::Outcome<()> {
    write(io::stdout().lock(), &format!("{}\n", serde_json::to_string(value)?))
}

fn write(mut out: impl Write, text: &str) -> super::Outcome<()> {
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write to standard output")
        .map_err(Into::into)
}

/// Prints a line on standard error, where that can be written to.
pub(super) fn note(line: impl Display) {
    // One write a line: workers and bars write there too.
    let _ = anstream::stderr().lock().write_all(format!("{line}\n").as_bytes());
}
