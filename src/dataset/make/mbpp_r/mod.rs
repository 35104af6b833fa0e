//! Building a repair set in the style of the paper's Mbpp-R, which was never published: MBPP's problems with programs that fail their tests.
//!
//! # Two sources
//!
//! *Samples*: what models answered to MBPP's problems, in any form that `score` reads. *Mutants*: MBPP's own references with one small
//! mistake ([`crate::syntax::mutants`]), for those who have no samples; every record says which it is.
//!
//! # What is kept
//!
//! | rule | why |
//! |---|---|
//! | problems of MBPP's `train` (601-974) and `validation` (511-600, the dev set) | disjoint by problem; `test` and `prompt` stay unseen |
//! | programs that fail at least one test, judged in the sandbox | a repair task needs a bug |
//! | that compile, run to their end and define what the tests call | a trace needs something that runs |
//! | one of those with the same syntax tree, without docstrings and annotations ([`crate::syntax::normalised`]) | no task twice |
//! | at most so many a problem, drawn by seed | the paper's rule is unknown; easy problems would dominate |
//!
//! A count of each rule's victims stands in the manifest, beside the paper's sizes: 10,047 for training, 1,468 for dev.

mod count;
mod find;
mod mutate;
mod record;
mod select;
mod write;

use std::collections::BTreeMap;

pub use self::{
    count::Counts,
    record::{Origin, Record},
    write::{FILES, write},
};
use super::super::Dataset;
use crate::{answer::Sanitize, candidates::Samples, dataset, judge::Judge, sandbox::Fault, task::Task};

/// One of the two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// MBPP's training problems.
    Train,
    /// MBPP's validation problems.
    Dev,
}

impl Split {
    /// Both splits.
    pub const ALL: [Self; 2] = [Self::Train, Self::Dev];

    /// The split of an MBPP task; nothing for its test and prompt problems.
    #[must_use]
    pub fn of(task: &Task) -> Option<Self> {
        match dataset::mbpp_split(&task.id)? {
            "train" => Some(Self::Train),
            "validation" => Some(Self::Dev),
            _ => None,
        }
    }

    /// The split's name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
        }
    }
}

/// A request for a repair set: what to build it from, and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// The judge.
    pub judge: &'a Judge,
    /// The rule by which samples are searched for the program in them.
    pub sanitize: Sanitize,
    /// Worker threads.
    pub jobs: usize,
    /// MBPP, all of it.
    pub dataset: &'a Dataset,
    /// The samples over it, each file with its name.
    pub samples: &'a [(String, Samples)],
    /// The most programs from samples a problem; nothing for all.
    pub per_problem: Option<usize>,
    /// The mutants wanted for each problem.
    pub mutants: usize,
    /// The seed of what is drawn.
    pub seed: u64,
}

/// A step, and how far it is: so many of so many done.
pub type Report<'a> = &'a mut dyn FnMut(&'static str, usize, usize);

/// The counts by split.
pub type SplitCounts = BTreeMap<Split, Counts>;

/// Builds the set: its tasks in MBPP's order, and what became of all candidates.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn build(request: &Request<'_>, report: Report<'_>) -> Result<(Vec<Record>, SplitCounts), Fault> {
    let mut counts = SplitCounts::new();
    let mut records = select::distinct(find::find(request, &mut counts, report)?, &mut counts);
    if let Some(most) = request.per_problem {
        records = select::draw(records, most, request.seed, &mut counts);
    }
    if request.mutants > 0 {
        records.extend(mutate::mutate(request, &mut counts, report)?);
        records = select::distinct(records, &mut counts);
    }
    select::number(&mut records);
    Counts::add_kept(&mut counts, &records);
    Ok((records, counts))
}
