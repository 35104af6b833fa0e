//! The library's public face: what a program that embeds the judge sees of it.
//!
//! Everything here is a thin layer over the rooms below. No type of an engine or a model's runtime stands in a signature, and what may grow
//! can grow without breaking anybody.

mod data;
mod error;
mod judging;
mod run;
mod scoring;
mod task;
mod trace;

pub use data::Dataset;
pub use error::{Error, ErrorKind};
pub use judging::{Judge, JudgeBuilder};
pub use run::Run;
pub use scoring::Scoring;
pub use task::{Task, TaskBuilder};
pub use trace::Trace;
