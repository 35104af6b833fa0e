//! Tracewright's guest: one WebAssembly component holding CPython, the standard library and the Python half of the judge.
//!
//! The component is built by this crate's build script and lives in the binary, so that the harness needs no file beside
//! it. The crate stands apart from the harness so that editing the harness never rebuilds the interpreter.

/// The component's bytes.
pub const COMPONENT: &[u8] = include_bytes!(env!("TRACEWRIGHT_GUEST_COMPONENT"));

/// BLAKE3 digest of [`COMPONENT`] in hexadecimal, computed when it was built.
pub const DIGEST: &str = env!("TRACEWRIGHT_GUEST_DIGEST");
