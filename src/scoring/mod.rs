//! A scoring run: from samples to verdicts in files, resumable after a kill at any point.
//!
//! A run folder holds `manifest.json` (what determines the verdicts: digests of guest, dataset and samples, and the judge's options),
//! `journal.jsonl` while the run lasts (one row a judged program, in the order they were finished, appended and flushed, with the other
//! samples that it stands for), `tasks.jsonl` (the tasks, for reports), and in the end `verdicts.jsonl` (in input order) with the summaries
//! other tools read. The journal goes when `verdicts.jsonl` is complete. Nothing in these files depends on time, machine or number of
//! workers, nor on where they lie: the same run gives the same bytes, and a folder can be moved.
//!
//! A folder goes on with the same dataset (by content), options and samples, or with more samples: a candidate is known by task and program.
//! One process writes to it at a time ([`crate::files::Lock`]).

mod error;
mod evaluate;
mod executor;
mod expected;
mod export;
mod folder;
mod groups;
mod manifest;
mod row;
#[cfg(test)]
mod schemas;
mod summary;
mod tasks;
mod verdicts;
mod work;

pub use error::RunError;
pub use evaluate::{Event, Outcome, Request, evaluate};
pub use executor::{Executor, JudgeSample};
pub use expected::{Agreement, Difference};
pub use folder::RunFolder;
pub use manifest::Manifest;
pub use row::Row;
pub use summary::{Group, Groups, PassAtK, Summary};
pub use tasks::kept_tasks;
pub use verdicts::Verdicts;
