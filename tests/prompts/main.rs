//! Prompts as models see them.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod chat;
mod repair;
