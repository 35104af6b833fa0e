//! The numbers of a run.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Row;
use crate::{
    dataset::Dataset,
    judge::{Isolation, Verdict},
    score::{Count, Estimate, mean_pass_at_k},
};

/// Pass@k by k.
pub(super) type Estimates = BTreeMap<u64, Estimate>;

/// Pass@k, for EvalPlus sets over base tests and over all tests apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
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

/// What `score --json` prints. Equal but for `seconds` between equal runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The dataset.
    pub dataset: String,
    /// Tasks that pass@k is over: all of the dataset, or with `--allow-partial` those with samples.
    pub tasks: usize,
    /// Candidates judged.
    pub samples: usize,
    /// Distinct programs among them: what was really run.
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
    /// Candidates whose tests ran beside them: their verdicts could be forged.
    pub colocated: usize,
    /// Candidates that pass all visible tests but not all tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_only: Option<usize>,
    /// With `--audit`: candidates by the kind of thing they tried.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub audit: BTreeMap<String, usize>,
    /// Candidates the harness could not judge: never counted as verdicts.
    pub faults: usize,
    /// Wall time; not in files, which equal runs write alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

impl Summary {
    /// Sums up `rows`.
    pub(super) fn new(
        dataset: &Dataset,
        wanted: &[usize],
        rows: &[Row],
        distinct: usize,
        ks: Option<&[u64]>,
        allow_partial: bool,
    ) -> Self {
        let ids: BTreeMap<&str, usize> =
            wanted.iter().enumerate().map(|(slot, &task)| (dataset.tasks[task].id.as_str(), slot)).collect();
        let mut all = vec![Count { samples: 0, correct: 0 }; wanted.len()];
        let mut base = all.clone();
        let mut verdicts: BTreeMap<Verdict, usize> = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
        for row in rows {
            *verdicts.entry(row.verdict).or_default() += 1;
            let Some(&slot) = ids.get(row.task_id.as_str()) else { continue };
            for (counts, verdict) in [(&mut all, Some(row.verdict)), (&mut base, row.base)] {
                counts[slot].samples += 1;
                counts[slot].correct += u64::from(verdict == Some(Verdict::Pass));
            }
        }
        let missing = |count: &(usize, &Count)| count.1.samples == 0;
        let missing: Vec<String> =
            all.iter().enumerate().filter(missing).map(|(slot, _)| dataset.tasks[wanted[slot]].id.clone()).collect();
        if allow_partial {
            for counts in [&mut all, &mut base] {
                counts.retain(|count| count.samples > 0);
            }
        }
        let fewest = all.iter().map(|count| count.samples).filter(|samples| *samples > 0).min().unwrap_or(0);
        let asked = ks.unwrap_or(&[1, 5, 10, 25, 100]);
        let usable: Vec<u64> = asked.iter().copied().filter(|k| *k <= fewest).collect();
        let estimates = |counts: &[Count]| -> Estimates {
            usable.iter().filter_map(|&k| mean_pass_at_k(counts, k).map(|estimate| (k, estimate))).collect()
        };
        let has = |pick: fn(&Row) -> Option<Verdict>| rows.iter().any(|row| pick(row).is_some());
        Self {
            dataset: dataset.name.clone(),
            tasks: all.len(),
            samples: rows.len(),
            distinct,
            missing,
            verdicts,
            pass_at_k: if has(|row| row.base) {
                PassAtK::BasePlus { base: estimates(&base), plus: estimates(&all) }
            } else {
                PassAtK::One(estimates(&all))
            },
            k_too_large: if ks.is_some() {
                asked.iter().copied().filter(|k| *k > fewest).collect()
            } else {
                Vec::new()
            },
            fewest_samples: fewest,
            colocated: rows.iter().filter(|row| row.isolation == Isolation::Colocated).count(),
            visible_only: has(|row| row.visible).then(|| {
                rows.iter().filter(|row| row.visible == Some(Verdict::Pass) && row.verdict != Verdict::Pass).count()
            }),
            audit: audit(rows),
            faults: 0,
            seconds: None,
        }
    }
}

/// How many candidates tried each kind of thing: what stands before the colon of a finding.
fn audit(rows: &[Row]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        let kinds: BTreeSet<&str> =
            row.audit.iter().map(|finding| finding.split(':').next().unwrap_or_default()).collect();
        for kind in kinds {
            *counts.entry(kind.to_owned()).or_default() += 1;
        }
    }
    counts
}
