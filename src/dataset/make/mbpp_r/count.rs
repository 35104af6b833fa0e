//! The counts of what became of the candidates.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Origin, Record, Split, SplitCounts};

/// The counts of one split. `samples + mutants` is the sum of all that follow but `problems`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// The samples that were read.
    pub samples: usize,
    /// The mutants that were judged.
    pub mutants: usize,
    /// Candidates that pass all tests.
    pub passing: usize,
    /// Candidates that are no Python.
    pub not_compiling: usize,
    /// Candidates that raise before any test, or do not define what the tests call.
    pub never_running: usize,
    /// Failing candidates that differ from another only in layout, comments, docstrings or annotations.
    pub duplicates: usize,
    /// Failing candidates beyond the most a problem may have.
    pub over_cap: usize,
    /// The repair tasks.
    pub kept: usize,
    /// The MBPP problems that have some.
    pub problems: usize,
    /// The kept ones by verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// The kept mutants by operator.
    pub operators: BTreeMap<String, usize>,
}

impl Counts {
    /// Candidates that fail, in whatever way.
    #[must_use]
    pub fn failing(&self) -> usize {
        self.samples + self.mutants - self.passing
    }

    /// Adds what became of other candidates.
    pub(super) fn add(&mut self, other: &Self) {
        self.samples += other.samples;
        self.mutants += other.mutants;
        self.passing += other.passing;
        self.not_compiling += other.not_compiling;
        self.never_running += other.never_running;
        self.duplicates += other.duplicates;
    }

    /// The number of tasks in the paper's split (secondary sources, which agree).
    #[must_use]
    pub fn paper(split: Split) -> usize {
        match split {
            Split::Train => 10_047,
            Split::Dev => 1_468,
        }
    }

    /// Counts what is kept.
    pub(super) fn add_kept(counts: &mut SplitCounts, records: &[Record]) {
        for split in Split::ALL {
            let counts = counts.entry(split).or_default();
            let mut problems = BTreeSet::new();
            for record in records.iter().filter(|record| record.split == split) {
                counts.kept += 1;
                problems.insert(&record.task_id);
                *counts.verdicts.entry(record.verdict.name()).or_default() += 1;
                if let Origin::Mutant { operator, .. } = &record.origin {
                    *counts.operators.entry(operator.clone()).or_default() += 1;
                }
            }
            counts.problems = problems.len();
        }
    }
}
