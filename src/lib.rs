//! Tracewright: a WebAssembly sandbox evaluation harness for program repair.
//!
//! Candidate fixes that nobody trusts run inside CPython compiled to WebAssembly, which decides what they may use and sees what
//! they do. These are the rooms of the house, from the top floor down. A room knows only rooms on lower floors (`tests/house` holds that),
//! and there is one room for each idea:
//!
//! * [`cli`]: the command line, one file a subcommand.
//! * `paper`: the paper's tables with ours beside them. `selftrain`: the loop that samples, judges, filters, trains and starts again.
//! * `report`: what there is to say of runs, as text, charts and a page. [`scoring`]: a scoring run, from candidates to verdicts in files,
//!   resumable. `sampling`: from tasks to what models answer. [`dataset::make`], [`dataset::verify`]: sets made and checked by judging.
//! * [`candidates`]: candidate programs in the files people already have. [`dataset`]: tasks in the files people already have, and where
//!   published ones are fetched from. `prompt`: what models are asked. `model`: language models, here or behind a server. `train`: from pairs
//!   to better weights; `pairs`: prompts with the answers to learn.
//! * [`judge`]: verdicts that cannot be forged. [`trace`]: execution traces as comments, scratchpads and frames. [`answer`]: from what a
//!   model wrote to rationale and program. [`syntax`]: what CPython's parser says about a program.
//! * [`sandbox`]: fresh, deterministic interpreters under counted limits.
//! * [`task`]: tasks and their tests. [`journal`]: rows taken in any order, resumable after a kill. [`value`]: plain Python data, its encoding and comparison. [`stats`]: pass@k and intervals from counts.
//! * [`files`]: files as people have them, files that are there whole or not at all, locks, private folders. [`random`]: seeded choices.
//!   [`blame`]: whose fault an error is, and how it is told. [`layout`]: names of files in run folders. `http`: what all HTTP requests share.
//!
//! Models and prompts are built with the feature `generate`, training and the loop with `train`, reports and the paper with `report` (all on by
//! default).

pub mod answer;
pub mod blame;
pub mod candidates;
pub mod cli;
pub mod dataset;
pub mod files;
#[cfg(feature = "fetch")]
mod http;
pub mod journal;
pub mod judge;
pub mod layout;
#[cfg(feature = "generate")]
pub mod model;
#[cfg(feature = "generate")]
pub mod pairs;
#[cfg(feature = "report")]
pub mod paper;
#[cfg(feature = "generate")]
pub mod prompt;
pub mod random;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "generate")]
pub mod sampling;
pub mod sandbox;
pub mod scoring;
#[cfg(feature = "train")]
pub mod selftrain;
pub mod stats;
pub mod syntax;
pub mod task;
pub mod trace;
#[cfg(feature = "train")]
pub mod train;
pub mod value;
