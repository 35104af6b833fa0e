//! Clients against real server processes that misbehave on command.

#![expect(clippy::unwrap_used, reason = "a panic is a test's report, in helpers too")]

mod completions;
mod fetch;
mod support;
