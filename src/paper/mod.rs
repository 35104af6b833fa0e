//! The paper's figures as data, and its tables with ours beside them.
//!
//! * [`published`]: what the paper says, each number with where it comes from (`results/paper/*.toml`).
//! * [`Results`]: what was measured here (`results/`). [`Ours`], [`OursByTraces`]: as it stands beside the paper's.
//! * [`tables`], [`charts`]: both together. [`document`]: all of it.

pub mod charts;
mod document;
mod ours;
pub mod published;
mod results;
pub mod tables;

pub use self::{
    document::document,
    ours::{Ours, OursByTraces},
    results::{Results, ResultsError},
};
