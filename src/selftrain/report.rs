//! The reports of a run of the loop.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Proxied, Scored};
use crate::scoring::PassAtK;

/// A model's pass@k on one set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scores {
    /// The number of tasks.
    pub tasks: usize,
    /// The number of samples of all of them.
    pub samples: usize,
    /// The number of samples that pass.
    pub passing: usize,
    /// Pass@k with 95 % intervals.
    pub pass_at_k: PassAtK,
    /// The samples and their verdicts, relative to the run's folder.
    pub folder: PathBuf,
}

impl Scores {
    pub(super) fn of(scored: &Scored, folder: &str) -> Self {
        Self {
            tasks: scored.tasks,
            samples: scored.rows.len(),
            passing: scored.count_passing(),
            pass_at_k: scored.pass_at_k.clone(),
            folder: folder.into(),
        }
    }

    pub(super) fn of_proxy(proxied: Proxied, folder: &str) -> Self {
        Self {
            tasks: proxied.summary.tasks,
            samples: proxied.passing.len(),
            passing: proxied.passing.iter().filter(|pass| **pass).count(),
            pass_at_k: proxied.summary.pass_at_k,
            folder: folder.into(),
        }
    }

    /// Pass@1; over all tests, where a set has base and plus tests.
    #[must_use]
    pub fn pass_at_1(&self) -> f64 {
        self.pass_at_k.over_all_tests().get(&1).map_or(0.0, |estimate| estimate.value)
    }
}

/// One iteration.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Iteration {
    /// The iteration's number, from 0.
    pub iteration: usize,
    /// The model it samples from, on the hard problems.
    pub train: Scores,
    /// The number of problems with at least one pair.
    pub problems: usize,
    /// The number of pairs trained on.
    pub pairs: usize,
    /// The number of pairs left out because they contradict their trace.
    pub unfaithful: usize,
    /// The result of training.
    pub training: Training,
    /// The model it makes, relative to the run's folder.
    pub checkpoint: PathBuf,
    /// The scores of that model on dev.
    pub dev: Scores,
}

/// The result of training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Training {
    /// The number of steps of the optimiser; nothing where another program trained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<usize>,
    /// The loss of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    /// The number of pairs that were too long.
    pub skipped: usize,
}

/// The report on a run: `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The number of training problems.
    pub problems: usize,
    /// The number of training problems that the base model solves too rarely.
    pub hard: usize,
    /// The base model on dev.
    pub base: Scores,
    /// The iterations.
    pub iterations: Vec<Iteration>,
    /// The best model by dev: 0 for the base, I for the one that iteration I - 1 made.
    pub best: usize,
    /// The best model's place: relative to the run's folder, or the base checkpoint.
    pub checkpoint: PathBuf,
    /// The test set, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<Tested>,
}

/// Models on the test set, which nothing was chosen by.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tested {
    /// The base model.
    pub base: Scores,
    /// The best one by dev.
    pub best: Scores,
    /// The model of each iteration, with `evaluation.test_each`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub iterations: Vec<Scores>,
    /// The base and the best model with the other kind of prompt, with `evaluation.test_both`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_prompts: Option<Two>,
    /// Proxy-based evaluation of their rationales, by proxy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proxies: Vec<Two>,
}

/// The base and the best model, scored in the same way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Two {
    /// The base model.
    pub base: Scores,
    /// The best one by dev.
    pub best: Scores,
}

/// The problems that a run learns from: `hard.json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Hard<'a> {
    /// The pass@1 of the base model below which a problem is hard.
    pub(super) threshold: f64,
    /// The names of the hard problems.
    pub(super) tasks: Vec<&'a str>,
}

/// Counts of an iteration's pairs: `filter.json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Pairs {
    /// The number of pairs to train on.
    pub(super) pairs: usize,
    /// The number of pairs left out because they contradict their trace.
    pub(super) unfaithful: usize,
}

/// The wall time of a part of a run: a line of `timings.jsonl`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Timed<'a> {
    /// The folder that was filled.
    pub(super) step: &'a str,
    /// `sample`, `judge`, `train` or `proxy`.
    pub(super) what: &'a str,
    /// The seconds on the clock.
    pub(super) seconds: f64,
}

#[cfg(test)]
mod schemas {
    use super::{super::manifest::Manifest, Hard, Iteration, Pairs, Report, Timed, Training};
    use crate::{schema, selftrain::Config};

    #[test]
    fn schemas_of_the_loop() {
        schema::written::<Manifest<'_>>("next-manifest");
        schema::written::<Hard<'_>>("next-hard");
        schema::written::<Pairs>("next-filter");
        schema::written::<Training>("next-training");
        schema::written::<Iteration>("next-metrics");
        schema::written::<Timed<'_>>("next-timings");
        schema::written::<Report>("next-summary");
        schema::read::<Config>("next-config");
    }
}
