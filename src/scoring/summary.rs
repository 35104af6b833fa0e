//! The numbers of a run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::{Agreement, Row};
use crate::{
    dataset::Dataset,
    judge::{Isolation, Verdict},
    stats::{Count, Estimate, mean_pass_at_k},
};

/// Pass@k by k.
pub(super) type Estimates = BTreeMap<u64, Estimate>;

/// Pass@k, for EvalPlus sets over base tests and over all tests apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum PassAtK {
    /// One suite.
    One(BTreeMap<u64, Estimate>),
    /// Base inputs alone, and base with plus inputs.
    BasePlus {
        /// Base inputs.
        base: BTreeMap<u64, Estimate>,
        /// Base and plus inputs.
        plus: BTreeMap<u64, Estimate>,
    },
}

impl PassAtK {
    /// The estimates over all tests.
    #[must_use]
    pub fn over_all_tests(&self) -> &BTreeMap<u64, Estimate> {
        let (Self::One(estimates) | Self::BasePlus { plus: estimates, .. }) = self;
        estimates
    }
}

/// The summary that `score --json` prints. Equal but for `seconds` between equal runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// The dataset.
    pub dataset: String,
    /// The number of tasks that pass@k is over: all of the dataset, or with `--allow-partial` those with samples.
    pub tasks: usize,
    /// The number of candidates judged.
    pub samples: usize,
    /// The number of distinct programs among them: what was really run.
    pub distinct: usize,
    /// Tasks without samples.
    pub missing: Vec<String>,
    /// Candidates by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Pass@k with 95 % intervals.
    pub pass_at_k: PassAtK,
    /// Values of k asked for that some task has too few samples for.
    pub k_too_large: Vec<u64>,
    /// The fewest samples a task has, of those that have any.
    pub fewest_samples: u64,
    /// The number of candidates whose tests ran beside them: their verdicts could be forged.
    pub colocated: usize,
    /// Verdicts of candidates that gave objects, as the reference does: what their methods say is the candidate's word.
    #[serde(default)]
    pub reference: usize,
    /// The number of candidates that were proved to never end, however much fuel they get: some of those that are out of fuel.
    #[serde(default)]
    pub endless: usize,
    /// The number of candidates that pass all visible tests but not all tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_only: Option<usize>,
    /// Candidates by the kind of thing they tried, with `--audit`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub audit: BTreeMap<String, usize>,
    /// The comparison of the verdicts with those that samples bring along, with `--expect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Agreement>,
    /// Scores by the value of a field, with `--group-by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// The number of candidates the harness could not judge: never counted as verdicts.
    pub faults: usize,
    /// The wall time; not in files, which equal runs write alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// Scores by the value of a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Groups {
    /// The field.
    pub field: String,
    /// The field's values, in the order in which they come up.
    pub values: Vec<Group>,
}

/// The samples whose field has one value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Group {
    /// The value: text as it is, anything else as JSON; null where the field is missing.
    pub value: Option<String>,
    /// The number of tasks that pass@k is over.
    pub tasks: usize,
    /// The number of tasks without such a sample.
    pub missing: usize,
    /// The number of candidates.
    pub samples: usize,
    /// Candidates by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Pass@k with 95 % intervals.
    pub pass_at_k: PassAtK,
    /// Values of k asked for that some task has too few samples for.
    pub k_too_large: Vec<u64>,
    /// The number of candidates whose tests ran beside them.
    pub colocated: usize,
    /// The number of candidates that gave objects, as the reference does.
    pub reference: usize,
}

/// A summary in the making: rows one by one.
pub(super) struct Tally<'a> {
    dataset: &'a Dataset,
    wanted: &'a [usize],
    slots: HashMap<&'a str, usize>,
    all: Vec<Count>,
    base: Vec<Count>,
    verdicts: BTreeMap<Verdict, usize>,
    audit: BTreeMap<String, usize>,
    samples: usize,
    colocated: usize,
    reference: usize,
    endless: usize,
    visible_only: usize,
    has_base: bool,
    has_visible: bool,
}

impl<'a> Tally<'a> {
    /// A tally of no rows yet, over the tasks at the positions `wanted`.
    pub(super) fn new(dataset: &'a Dataset, wanted: &'a [usize]) -> Self {
        let none = vec![Count { samples: 0, correct: 0 }; wanted.len()];
        Self {
            dataset,
            wanted,
            slots: wanted.iter().enumerate().map(|(slot, &task)| (dataset.tasks[task].id.as_str(), slot)).collect(),
            base: none.clone(),
            all: none,
            verdicts: Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect(),
            audit: BTreeMap::new(),
            samples: 0,
            colocated: 0,
            reference: 0,
            endless: 0,
            visible_only: 0,
            has_base: false,
            has_visible: false,
        }
    }

    pub(super) fn add(&mut self, row: &Row) {
        self.samples += 1;
        *self.verdicts.entry(row.verdict).or_default() += 1;
        self.has_base |= row.base.is_some();
        self.has_visible |= row.visible.is_some();
        self.colocated += usize::from(row.isolation == Isolation::Colocated);
        self.reference += usize::from(row.isolation == Isolation::Reference);
        self.endless += usize::from(row.tests.iter().any(|test| test.proved));
        self.visible_only += usize::from(row.visible == Some(Verdict::Pass) && row.verdict != Verdict::Pass);
        // What stands before the colon of a finding is its kind.
        let kinds: BTreeSet<&str> =
            row.audit.iter().map(|finding| finding.split(':').next().unwrap_or_default()).collect();
        for kind in kinds {
            *self.audit.entry(kind.to_owned()).or_default() += 1;
        }
        let Some(&slot) = self.slots.get(row.task_id.as_str()) else { return };
        for (counts, verdict) in [(&mut self.all, Some(row.verdict)), (&mut self.base, row.base)] {
            counts[slot].samples += 1;
            counts[slot].correct += u64::from(verdict == Some(Verdict::Pass));
        }
    }

    /// The summary, with pass@k for `ks` (nothing for the usual ones); `distinct` programs were run.
    pub(super) fn finish(mut self, distinct: usize, ks: Option<&[u64]>, allow_partial: bool) -> Summary {
        let missing = |count: &(usize, &Count)| count.1.samples == 0;
        let id = |slot: usize| self.dataset.tasks[self.wanted[slot]].id.clone();
        let missing: Vec<String> = self.all.iter().enumerate().filter(missing).map(|(slot, _)| id(slot)).collect();
        if allow_partial {
            for counts in [&mut self.all, &mut self.base] {
                counts.retain(|count| count.samples > 0);
            }
        }
        let fewest = self.all.iter().map(|count| count.samples).filter(|samples| *samples > 0).min().unwrap_or(0);
        let asked = ks.unwrap_or(&[1, 5, 10, 25, 100]);
        let usable: Vec<u64> = asked.iter().copied().filter(|k| *k <= fewest).collect();
        let estimates = |counts: &[Count]| -> Estimates {
            usable.iter().filter_map(|&k| mean_pass_at_k(counts, k).map(|estimate| (k, estimate))).collect()
        };
        Summary {
            dataset: self.dataset.name.clone(),
            tasks: self.all.len(),
            samples: self.samples,
            distinct,
            missing,
            verdicts: self.verdicts,
            pass_at_k: if self.has_base {
                PassAtK::BasePlus { base: estimates(&self.base), plus: estimates(&self.all) }
            } else {
                PassAtK::One(estimates(&self.all))
            },
            k_too_large: if ks.is_some() {
                asked.iter().copied().filter(|k| *k > fewest).collect()
            } else {
                Vec::new()
            },
            fewest_samples: fewest,
            colocated: self.colocated,
            reference: self.reference,
            endless: self.endless,
            visible_only: self.has_visible.then_some(self.visible_only),
            audit: self.audit,
            expect: None,
            groups: None,
            faults: 0,
            seconds: None,
        }
    }
}
