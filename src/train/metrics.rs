//! Metrics of each step, as JSON lines and for whoever watches.

use std::path::Path;

use serde::Serialize;

use super::TrainError;
use crate::{journal, layout};

/// One step of the optimiser.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepMetrics {
    /// The step, from 1.
    pub step: usize,
    /// The number of steps, if training does not stop early.
    pub steps: usize,
    /// The number of epochs done after it.
    pub epoch: f64,
    /// The mean loss of a predicted token before the step, by weight, in nats.
    pub loss: f64,
    /// The learning rate.
    pub learning_rate: f64,
    /// The gradient's Euclidean norm before clipping.
    pub grad_norm: f64,
    /// The number of examples of the step.
    pub examples: usize,
    /// The number of tokens that went in.
    pub tokens: usize,
    /// The number of tokens that were predicted.
    pub predicted: usize,
    /// The time that it took: all that differs between runs of the same training.
    pub timing: Timing,
}

/// One evaluation on the dev examples.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DevMetrics {
    /// The step after which it was made.
    pub step: usize,
    /// The mean loss of a predicted token, by weight, in nats.
    pub loss: f64,
    /// Whether it is the lowest so far.
    pub best: bool,
    /// The time that it took.
    pub timing: Timing,
}

/// The time that something took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Timing {
    /// The seconds on the clock.
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

/// A watcher of a run. All methods do nothing by default.
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

    /// Whether to save the state and stop, asked after each step.
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

/// The `metrics.jsonl` of a run folder.
pub(super) struct Log(journal::Log);

impl Log {
    /// Opens the log and drops lines after `step`, which are about to be written again.
    pub(super) fn open(run: &Path, step: usize) -> Result<Self, TrainError> {
        let before = |line: &serde_json::Value| line["step"].as_u64().is_some_and(|of| of <= step as u64);
        Ok(Self(journal::Log::open(&run.join(layout::METRICS), before)?))
    }

    pub(super) fn step(&mut self, metrics: &StepMetrics) -> Result<(), TrainError> {
        Ok(self.0.append(&Line::Step(metrics))?)
    }

    pub(super) fn dev(&mut self, metrics: &DevMetrics) -> Result<(), TrainError> {
        Ok(self.0.append(&Line::Dev(metrics))?)
    }
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_training_metrics() {
        crate::schema::written::<super::Line>("training-metrics");
    }
}
