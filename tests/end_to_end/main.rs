//! End-to-end tests: the real guest, the real binary, real data.

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
