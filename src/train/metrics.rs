//! Metrics of each step, as JSON lines and for whoever watches.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{TrainError, files::write_bytes};

/// One step of the optimiser.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepMetrics {
    /// The step, from 1.
    pub step: usize,
    /// Of how many, if training does not stop early.
    pub steps: usize,
    /// Epochs done after it.
    pub epoch: f64,
    /// The mean loss of a predicted token before the step, by weight, in nats.
    pub loss: f64,
    /// The learning rate.
    pub learning_rate: f64,
    /// The gradient's Euclidean norm before clipping.
    pub grad_norm: f64,
    /// Examples of the step.
    pub examples: usize,
    /// Tokens that went in.
    pub tokens: usize,
    /// Tokens that were predicted.
    pub predicted: usize,
    /// How long it took: all that differs between runs of the same training.
    pub timing: Timing,
}

/// One evaluation on the dev examples.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DevMetrics {
    /// After which step.
    pub step: usize,
    /// The mean loss of a predicted token, by weight, in nats.
    pub loss: f64,
    /// Whether it is the lowest so far.
    pub best: bool,
    /// How long it took.
    pub timing: Timing,
}

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Timing {
    /// Seconds on the clock.
    pub seconds: f64,
    /// Tokens that went in, per second.
    pub tokens_per_second: f64,
}

impl Timing {
    pub(super) fn since(start: std::time::Instant, tokens: usize) -> Self {
        let seconds = start.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let tokens_per_second = tokens as f64 / seconds.max(1e-9);
        Self { seconds, tokens_per_second }
    }
}

/// Whoever watches a run. All methods do nothing by default.
pub trait Progress {
    /// A step was taken.
    fn step(&mut self, metrics: &StepMetrics) {
        let _ = metrics;
    }

    /// The dev examples were evaluated.
    fn evaluated(&mut self, metrics: &DevMetrics) {
        let _ = metrics;
    }

    /// The state after this step was saved.
    fn saved(&mut self, step: usize) {
        let _ = step;
    }

    /// A run goes on from the state after this step.
    fn resumed(&mut self, step: usize) {
        let _ = step;
    }

    /// Asked after each step: whether to save the state and stop.
    fn stop(&mut self) -> bool {
        false
    }
}

impl Progress for () {}

/// A line of the file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase", tag = "kind")]
enum Line<'a> {
    Step(&'a StepMetrics),
    Dev(&'a DevMetrics),
}

/// `metrics.jsonl` of a run folder.
pub(super) struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    /// Opens the log and drops lines after `step`, which are about to be written again.
    pub(super) fn open(run: &Path, step: usize) -> Result<Self, TrainError> {
        let path = run.join("metrics.jsonl");
        if path.exists() {
            let text = std::fs::read_to_string(&path).map_err(TrainError::file(&path))?;
            let kept = text.lines().filter(|line| step_of(line).is_some_and(|of| of <= step));
            let kept = kept.map(|line| format!("{line}\n")).collect::<String>();
            write_bytes(&path, kept.as_bytes())?;
        }
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(TrainError::file(&path))?;
        Ok(Self { path, file })
    }

    pub(super) fn step(&mut self, metrics: &StepMetrics) -> Result<(), TrainError> {
        self.write(&Line::Step(metrics))
    }

    pub(super) fn dev(&mut self, metrics: &DevMetrics) -> Result<(), TrainError> {
        self.write(&Line::Dev(metrics))
    }

    fn write(&mut self, line: &Line<'_>) -> Result<(), TrainError> {
        let mut text =
            serde_json::to_string(line).map_err(|error| TrainError::format(&self.path, error.to_string()))?;
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(TrainError::file(&self.path))
    }
}

/// The step of a line; nothing for a line that was cut short.
fn step_of(line: &str) -> Option<usize> {
    let value = serde_json::from_str::<serde_json::Value>(line).ok()?;
    usize::try_from(value.get("step")?.as_u64()?).ok()
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_training_metrics() {
        crate::schema::written::<super::Line>("training-metrics");
    }
}
