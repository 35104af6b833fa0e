//! Self-training as in the NExT paper (Ni et al. 2024, Algorithm 1), and proxy-based evaluation of rationales.
//!
//! ```text
//! D_H = the tasks of D that the base model solves with pass@1 < m            fixed once
//! for i in 0..I:
//!     S(i) = samples of P(i) for D_H, with traces                            iteration-I/samples.jsonl
//!     B(i) = the pairs of S(i) that pass the tests, at most 3 a task         iteration-I/pairs.jsonl
//!     P(i+1) = the base model, fine-tuned on B(i)                            iteration-I/checkpoint
//! the best of P(0), .. P(I) by pass@1 on dev
//! ```
//!
//! [`Config`] has a field for each choice; [`run`] is the loop. Every step reads files and writes files, and a step whose files are there is not
//! done again: a run that was killed goes on where it was, and ends with the same bytes as one that was not. Only `timings.jsonl` and the
//! timings in a training's `metrics.jsonl` differ between equal runs.

mod bundled;
mod config;
mod error;
mod external;
mod faithful;
mod filter;
mod learn;
mod manifest;
mod proxy;
mod report;
mod run;
mod set;
mod stage;
mod test_set;

pub use self::{
    bundled::unpack,
    config::{Config, Data, Evaluation, Filter, Judging, Sampling, Schedule},
    error::SelfTrainError,
    external::Trainer,
    proxy::{Proxied, Proxy, ProxyJob, end_of_fixes, mean_of_proxies, proxy},
    report::{Iteration, Report, Scores, Tested, Training, Two},
    run::run,
    set::Set,
    stage::{Event, Scored, Stage},
};
