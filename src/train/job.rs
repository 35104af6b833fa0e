//! Jobs of training, and what came of them.

use std::path::Path;

use burn::tensor::Device;

use super::{example::Example, options::Options, state::Best};
use crate::model::Checkpoint;

/// A job: what to train, on what, and where to put it.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The checkpoint to start from.
    pub checkpoint: &'a Checkpoint,
    /// The examples to learn.
    pub examples: &'a [Example],
    /// The examples to watch the loss of, to stop early and to keep the best; may be empty.
    pub dev: &'a [Example],
    /// The options of training.
    pub options: &'a Options,
    /// The folder of the run: `state.safetensors`, `best.safetensors` and `metrics.jsonl`. Made if need be. A run that was interrupted
    /// goes on from there.
    pub run: &'a Path,
    /// The folder of the new checkpoint, which must not exist. It gets its name when all of it is written.
    pub out: &'a Path,
    /// The device that computes: [`Device::flex`] is the CPU.
    pub device: Device,
}

/// The outcome of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The number of steps taken.
    pub steps: usize,
    /// The loss of the last step.
    pub loss: f64,
    /// The best evaluation, whose weights were written; without dev examples the last weights were.
    pub best: Option<Best>,
    /// Whether training stopped before its last step because the dev loss did not fall any more.
    pub stopped_early: bool,
    /// The number of examples left out because they were too long, dev examples included.
    pub skipped: usize,
}
