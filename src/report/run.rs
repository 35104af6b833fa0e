//! A run, as far as it could be read, and what can be asked of it.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    path::PathBuf,
};

use serde::Deserialize;
use serde_json::Value;

use crate::{
    blame::Blame,
    judge::Verdict,
    stats::{Count, Estimate, mean_pass_at_k, paired_difference},
};

/// The reason why a folder cannot be reported on at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// No run.
    #[error(
        "{path} is no run: it has no manifest.json\nName a folder that `score --out`, `next` or `report --record` wrote"
    )]
    NotARun {
        /// The folder.
        path: PathBuf,
    },
    /// A file that cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error, or what is wrong with the file.
        source: io::Error,
    },
    /// A run without a single verdict.
    #[error("{path} has no verdicts that can be read{}\nRun the command that made it again: it goes on where it stopped", warnings.iter().map(|warning| format!("\n  {warning}")).collect::<String>())]
    Empty {
        /// The folder.
        path: PathBuf,
        /// The warnings of what was found instead.
        warnings: Vec<String>,
    },
}

impl Blame for LoadError {
    fn is_input(&self) -> bool {
        true
    }
}

/// The role of a set of verdicts in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The samples that a run of `score` was given.
    Samples,
    /// Training problems, sampled to learn from.
    Train,
    /// The set that the best iteration is chosen by.
    Dev,
    /// The set that nothing is chosen by.
    Test,
    /// The test set with the other kind of prompt.
    OtherPrompts,
    /// Fixes of this proxy to the rationales for the test set.
    Proxy(usize),
}

/// One set of verdicts.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// The role of the set.
    pub role: Role,
    /// The model: 0 is the base, I + 1 what iteration I made.
    pub model: usize,
    /// The set's folder, relative to the run's; empty for a run of `score`.
    pub folder: PathBuf,
    /// Samples and how many of them pass, by task in the order of the file; tasks without samples last.
    pub counts: Vec<(String, Count)>,
    /// Samples by verdict; empty for a record.
    pub verdicts: BTreeMap<Verdict, usize>,
}

impl Evaluated {
    /// The counts alone.
    #[must_use]
    pub fn tallies(&self) -> Vec<Count> {
        self.counts.iter().map(|(_, count)| *count).collect()
    }

    /// The counts of the tasks that both sets have, pairwise.
    #[must_use]
    pub fn paired(&self, other: &Self) -> Vec<(&str, Count, Count)> {
        let others: HashMap<&str, Count> = other.counts.iter().map(|(task, count)| (task.as_str(), *count)).collect();
        let pair = |(task, count): &'_ (String, Count)| Some((*count, *others.get(task.as_str())?));
        self.counts.iter().filter_map(|each| pair(each).map(|(a, b)| (each.0.as_str(), a, b))).collect()
    }

    /// The gain in pass@k of `other` over this set, task by task.
    #[must_use]
    pub fn difference(&self, other: &Self, k: u64) -> Option<Estimate> {
        let (a, b): (Vec<Count>, Vec<Count>) = self.paired(other).into_iter().map(|(_, a, b)| (a, b)).unzip();
        paired_difference(&a, &b, k)
    }

    /// The fewest samples of a task that has any.
    #[must_use]
    pub fn fewest(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count.samples).filter(|samples| *samples > 0).min().unwrap_or(0)
    }
}

/// One line of a loop's `metrics.jsonl`, as far as a report needs it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IterationFigures {
    /// The iteration, from 0.
    pub iteration: usize,
    /// Problems with at least one pair.
    pub problems: usize,
    /// Pairs trained on.
    pub pairs: usize,
    /// The model that was sampled, on the problems that it learns from.
    #[serde(default)]
    pub train: Option<TrainFigures>,
}

/// A model on the problems that it learns from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TrainFigures {
    /// Pass@k by k.
    pub pass_at_k: BTreeMap<String, Estimate>,
}

/// A step's wall time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Timing {
    /// The folder it filled.
    pub step: String,
    /// `sample`, `judge`, `train` or `proxy`.
    pub what: String,
    /// The wall time.
    pub seconds: f64,
}

/// A run, as far as it could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The run's folder.
    pub path: PathBuf,
    /// The run's manifest.
    pub manifest: Value,
    /// The run's summary, if it came to its end.
    pub summary: Option<Value>,
    /// Whether it is one of the loop (or a record of one), rather than of `score`.
    pub is_loop: bool,
    /// All sets of verdicts.
    pub sets: Vec<Evaluated>,
    /// The iterations of a loop.
    pub iterations: Vec<IterationFigures>,
    /// The wall time of each step.
    pub timings: Vec<Timing>,
    /// The loss by step, a list for each iteration.
    pub losses: Vec<Vec<f64>>,
    /// The warnings of what could not be read.
    pub warnings: Vec<String>,
}

impl Run {
    /// Whether the run's own prompts show traces.
    #[must_use]
    pub fn is_traced(&self) -> bool {
        self.manifest.pointer("/config/sampling/trace").and_then(Value::as_bool).unwrap_or(true)
    }

    /// The best model by dev, unless that is the base.
    #[must_use]
    pub fn taught(&self) -> Option<usize> {
        self.best().filter(|best| *best > 0)
    }

    /// The set with this role of this model.
    #[must_use]
    pub fn set(&self, role: Role, model: usize) -> Option<&Evaluated> {
        self.sets.iter().find(|set| set.role == role && set.model == model)
    }

    /// The figures of the iteration that made `model`.
    #[must_use]
    pub fn iteration_of(&self, model: usize) -> Option<&IterationFigures> {
        self.iterations.iter().find(|figures| figures.iteration + 1 == model)
    }

    /// Pass@1 of `model` on the problems that were learnt from: the hard ones.
    #[must_use]
    pub fn train_pass_at_1(&self, model: usize) -> Option<Estimate> {
        let recorded = self.iterations.iter().find(|figures| figures.iteration == model);
        let recorded = recorded.and_then(|figures| figures.train.as_ref()?.pass_at_k.get("1"));
        // The base model was sampled for all problems.
        let set = || self.set(Role::Train, model).filter(|_| model > 0);
        recorded.copied().or_else(|| mean_pass_at_k(&set()?.tallies(), 1))
    }

    /// The best model by dev, of a loop that came to its end.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        self.summary.as_ref()?.get("best")?.as_u64().and_then(|best| usize::try_from(best).ok())
    }
}
