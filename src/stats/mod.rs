//! Scores from counts: pass@k and what it is worth. Knows nothing of judges and models.

mod estimator;
mod interval;
mod paired;

use serde::{Deserialize, Serialize};

pub use estimator::pass_at_k;
pub use interval::interval;
pub use paired::{difference_over_runs, mcnemar, paired_difference};

/// Samples of one task, and how many of them pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number of samples judged.
    pub samples: u64,
    /// The number of samples among them that pass.
    pub correct: u64,
}

/// An estimate with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Estimate {
    /// The mean over tasks.
    pub value: f64,
    /// The interval's lower end: 2.5 % of the bootstrap over tasks, or Wilson's where all tasks agree.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// A count with its noun: `1 task`, `2 tasks`, `2 replies`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        _ if count == 1 => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None if noun.ends_with('s') => format!("{count} {noun}es"),
        None => format!("{count} {noun}s"),
    }
}

/// The number of resamples drawn for an interval.
const RESAMPLES: usize = 2000;
/// The seed of the resampling: the same counts always give the same interval.
const SEED: u64 = 20_240_721;

/// The mean pass@k over tasks with its interval. A task without samples counts as 0: it was not solved. Nothing where some
/// task has samples but fewer than `k`, or there are no tasks.
#[must_use]
pub fn mean_pass_at_k(counts: &[Count], k: u64) -> Option<Estimate> {
    mean_over_runs(&[counts], k)
}

/// The mean pass@k over several runs on the same tasks, such as seeds: a task's value is its mean over the runs. Nothing where the runs do
/// not have the same number of tasks.
#[must_use]
pub fn mean_over_runs(runs: &[&[Count]], k: u64) -> Option<Estimate> {
    values(runs, k).map(|values| estimate(&values, (0.0, 1.0)))
}

/// A task's pass@k, its mean over runs. Nothing where there are no tasks, a task has samples but fewer than `k`, or runs differ in length.
fn values(runs: &[&[Count]], k: u64) -> Option<Vec<f64>> {
    let tasks = runs.first()?.len();
    let too_few = |count: &Count| count.samples > 0 && count.samples < k;
    if tasks == 0 || runs.iter().any(|counts| counts.len() != tasks || counts.iter().any(too_few)) {
        return None;
    }
    let value = |count: &Count| if count.samples == 0 { 0.0 } else { pass_at_k(count.samples, count.correct, k) };
    let of_task = |task: usize| interval::mean(&runs.iter().map(|counts| value(&counts[task])).collect::<Vec<_>>());
    Some((0..tasks).map(of_task).collect())
}

/// The mean of a value a task, each within `bounds`, with its interval.
fn estimate(values: &[f64], bounds: (f64, f64)) -> Estimate {
    let (low, high) = interval(values, bounds, RESAMPLES, SEED);
    Estimate { value: interval::mean(values), low, high }
}
