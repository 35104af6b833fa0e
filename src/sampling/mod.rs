//! Sampling: from tasks, with their traces, to rationales and fixes in a file.
//!
//! The file is JSONL, a [`Row`] a sample; `score` reads it as it is. Rows are on disk as soon as they are there, so a run that was stopped goes
//! on where it was; once all are there they are put in order, by task and index, so that the finished file does not depend on the
//! batch. A sample of a local model depends on model, prompt, parameters, task and index alone (on CPUs: what GPUs do was not measured);
//! of a server's samples nobody promises that.
//!
//! A task whose prompt is too long has its trace shortened ([`crate::trace::fit`]); where that does not help it is refused, which the
//! file says in the place of its samples. For a server's model that needs its tokenizer and its context.

mod error;
mod file;
mod gold;
mod local;
mod plan;
mod prompts;
mod remote;
mod row;
mod run;
mod settings;
mod sink;

pub use error::{FileError, LocalError, SampleError};
use file::SampleFile;
pub use gold::gold;
pub use local::{Batch, Local, LocalFiles};
pub use plan::{Plan, Traces};
pub use prompts::{Asked, Prompts, PromptsError};
pub use row::{Outcome, Row};
pub use run::{Counts, LocalRun, RemoteRun};
pub use settings::Settings;
pub use sink::Event;
use sink::Sink;
