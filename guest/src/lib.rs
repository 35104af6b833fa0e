//! Tracewright's guest: one WebAssembly component holding CPython, the standard library and the Python half of the judge.
//!
//! The component is provided by this crate's build script and lives in the binary, so that the harness needs no file beside
//! it. The crate stands apart from the harness so that editing the harness never rebuilds the interpreter.
//!
//! Building it from source takes Python 3.10 or newer with pip, a C compiler and the network. Where they are missing, set the
//! environment variable `TRACEWRIGHT_GUEST` to the whole path of a component that was built before, such as a release's; it is
//! refused unless it has the digest that this version wants. Where `DOCS_RS` is set, [`COMPONENT`] is a stub without code.

/// The component's bytes.
pub const COMPONENT: &[u8] = include_bytes!(env!("TRACEWRIGHT_GUEST_COMPONENT"));

/// The BLAKE3 digest of [`COMPONENT`] in hexadecimal, computed when it was built.
pub const DIGEST: &str = env!("TRACEWRIGHT_GUEST_DIGEST");

/// The notices of other people's work in [`COMPONENT`], in the order of the files' names in `licences/`.
pub const NOTICES: &[Notice] = include!(concat!(env!("OUT_DIR"), "/notices.rs"));

/// The notice of a piece of other people's work, as its licence demands that it be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The name of the work.
    pub name: &'static str,
    /// The version of the work.
    pub version: &'static str,
    /// The licence as an SPDX expression.
    pub licence: &'static str,
    /// The purpose that the work serves in the component.
    pub what: &'static str,
    /// The place that the text was taken from.
    pub source: &'static str,
    /// The text of the licence, with copyright notices.
    pub text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/interface.rs"));
