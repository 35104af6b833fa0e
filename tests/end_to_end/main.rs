//! End-to-end tests: the real guest, the real binary, real data.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod attacks;
mod bad_input;
mod codec;
mod datasets;
mod demo;
mod judge;
mod published;
mod resume;
mod run_command;
mod sandbox;
mod support;
