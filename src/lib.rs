//! Tracewright: a WebAssembly sandbox evaluation harness for program repair.
//!
//! Candidate fixes that nobody trusts run inside `CPython` compiled to WebAssembly, which decides what they may use and sees what they do.
//! A program that embeds it needs one [`Judge`]:
//!
//! ```
//! use tracewright::{Judge, Task, Verdict};
//!
//! let judge = Judge::builder().fuel(5_000_000_000).memory(256 << 20).build()?;
//! let task = Task::builder("greet")
//!     .entry_point("greet")
//!     .test("assert greet('Ada') == 'Hello, Ada!'")
//!     .reference("def greet(name):\n    return f'Hello, {name}!'\n")
//!     .build()?;
//!
//! let judged = judge.judge(&task, "def greet(name):\n    return 'Hello, ' + name\n")?;
//! assert_eq!(judged.verdict, Verdict::WrongAnswer);
//! assert_eq!(judged.tests[0].actual.as_deref(), Some("'Hello, Ada'"));
//! # Ok::<(), tracewright::Error>(())
//! ```
//!
//! * [`Judge::judge_many`] judges many programs on all processors, [`Judge::run`] runs a script, [`Judge::trace`] shows what a program did
//!   step by step ([`Trace`]).
//! * [`Dataset`] opens published benchmarks and files of one's own; [`Scoring`] scores a file of samples with pass@k ([`Summary`]).
//!
//! What an answer may be is bounded: one value of at most 64 MiB encoded, of at most 32 million parts, nested at most 5,000 levels deep. A
//! larger one is a [`Verdict::WrongAnswer`] that says so.
//!
//! The command line does more than the library offers: it asks models, trains them and reports on runs.
//!
//! # Features
//!
//! Models and prompts are built with the feature `generate`, training and the loop with `train`, reports and the paper with `report` (all on
//! by default). The library's own interface needs none of them.

// The rooms of the house, described in ARCHITECTURE.md. A room knows only rooms on lower floors; `tests/house` holds that.
mod answer;
mod blame;
mod candidates;
mod cli;
mod dataset;
mod embed;
mod files;
#[cfg(feature = "fetch")]
mod http;
#[cfg(feature = "fetch")]
mod hub;
mod journal;
mod judge;
mod layout;
#[cfg(feature = "generate")]
mod model;
#[cfg(feature = "generate")]
mod pairs;
#[cfg(feature = "report")]
mod paper;
#[cfg(feature = "generate")]
mod prompt;
mod random;
#[cfg(feature = "report")]
mod report;
#[cfg(feature = "generate")]
mod sampling;
mod sandbox;
#[cfg(test)]
mod schema;
mod scoring;
#[cfg(feature = "train")]
mod selftrain;
mod stats;
mod syntax;
mod task;
mod trace;
#[cfg(feature = "train")]
mod train;
mod value;

pub use embed::{Dataset, Error, ErrorKind, Judge, JudgeBuilder, Run, Scoring, Task, TaskBuilder, Trace};
pub use judge::{ErrorInfo, Isolation, Judgement, ReferenceCheck, TestResult, Verdict};
pub use sandbox::Usage;
pub use scoring::{Agreement, Group, Groups, PassAtK, Summary};
pub use stats::Estimate;

/// Runs the command line on the process's arguments; returns its exit code.
#[doc(hidden)]
#[must_use]
pub fn cli_main() -> std::process::ExitCode {
    cli::main()
}

/// The rooms for this project's own tests, fuzz targets and benchmarks: no API, and free to change in any release.
#[doc(hidden)]
pub mod internals {
    pub mod answer {
        pub use crate::answer::*;
    }
    pub mod candidates {
        pub use crate::candidates::*;
    }
    pub mod dataset {
        pub use crate::dataset::*;
    }
    pub mod files {
        pub use crate::files::*;
    }
    #[cfg(feature = "fetch")]
    pub mod hub {
        pub use crate::hub::*;
    }
    pub mod journal {
        pub use crate::journal::*;
    }
    pub mod judge {
        pub use crate::judge::*;
    }
    pub mod layout {
        pub use crate::layout::*;
    }
    #[cfg(feature = "generate")]
    pub mod model {
        pub use crate::model::*;
    }
    #[cfg(feature = "generate")]
    pub mod pairs {
        pub use crate::pairs::*;
    }
    #[cfg(feature = "report")]
    pub mod paper {
        pub use crate::paper::*;
    }
    #[cfg(feature = "generate")]
    pub mod prompt {
        pub use crate::prompt::*;
    }
    pub mod random {
        pub use crate::random::*;
    }
    #[cfg(feature = "report")]
    pub mod report {
        pub use crate::report::*;
    }
    #[cfg(feature = "generate")]
    pub mod sampling {
        pub use crate::sampling::*;
    }
    pub mod sandbox {
        pub use crate::sandbox::*;
    }
    pub mod scoring {
        pub use crate::scoring::*;
    }
    #[cfg(feature = "train")]
    pub mod selftrain {
        pub use crate::selftrain::*;
    }
    pub mod stats {
        pub use crate::stats::*;
    }
    pub mod syntax {
        pub use crate::syntax::*;
    }
    pub mod task {
        pub use crate::task::*;
    }
    pub mod trace {
        pub use crate::trace::*;
    }
    #[cfg(feature = "train")]
    pub mod train {
        pub use crate::train::*;
    }
    pub mod value {
        pub use crate::value::*;
    }
}
