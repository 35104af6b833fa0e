//! Tracewright: a WebAssembly sandbox evaluation harness for program repair.
//!
//! Candidate fixes that nobody trusts run inside CPython compiled to WebAssembly, which decides what they may use and sees what
//! they do. The parts, each knowing only those below it:
//!
//! * [`cli`]: the command line.
//! * `report`: runs and the paper's tables, as text, charts and pages (feature `report`, on by default).
//! * [`run`]: scoring runs: samples to verdicts in files, resumable. [`verify`]: datasets checked against themselves.
//! * [`mbpp_r`], [`synth`]: repair sets made here, from samples, mutants and a grammar.
//! * [`answer`]: from what a model wrote to rationale and program.
//! * [`samples`], [`dataset`]: candidates and tasks in the files people already have.
//! * [`trace`]: execution traces as comments, scratchpads and frames.
//! * `model`: language models; `prompt`: what they are asked; `sample`: from
//!   tasks to samples (feature `generate`, on by default). `pairs`: what models learn from; `train`: from pairs to better weights;
//!   `selftrain`: the loop around all of it (feature `train`, on by default).
//! * [`syntax`]: what CPython's parser says about a program: mutants, and what two programs have in common.
//! * [`judge`]: verdicts that cannot be forged. [`score`]: pass@k from counts.
//! * [`sandbox`]: fresh, deterministic interpreters under counted limits. [`random`]: seeded choices. [`folder`]: finished
//!   files. [`files`]: files as people have them, and locks. [`private`]: folders that only this user can write to.

pub mod answer;
pub mod cli;
pub mod dataset;
pub mod files;
pub mod folder;
#[cfg(feature = "fetch")]
mod http;
pub mod judge;
pub mod mbpp_r;
#[cfg(feature = "generate")]
pub mod model;
#[cfg(feature = "generate")]
pub mod pairs;
pub mod private;
#[cfg(feature = "generate")]
pub mod prompt;
pub mod random;
#[cfg(feature = "report")]
pub mod report;
pub mod run;
#[cfg(feature = "generate")]
pub mod sample;
pub mod samples;
pub mod sandbox;
pub mod score;
#[cfg(feature = "train")]
pub mod selftrain;
pub mod syntax;
pub mod synth;
pub mod trace;
#[cfg(feature = "train")]
pub mod train;
pub mod verify;
