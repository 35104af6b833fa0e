//! Training: against `PyTorch`, against ONNX Runtime, and against itself.

#![expect(clippy::unwrap_used, reason = "a panic is a test's report")]

mod golden;
mod interruption;
mod lora;
mod parity;
mod runs;

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tracewright::internals::{
    model::Checkpoint,
    train::{Device, Example, Job, Options, Outcome, Progress, StepMetrics, TrainError, train},
};

/// The tiny checkpoints that the tests of `model` have.
fn fixture(name: &str) -> Checkpoint {
    Checkpoint::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/fixtures").join(name)).unwrap()
}

/// The folders of a run, gone at the end of the test.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn run(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn train(
        &self,
        checkpoint: &Checkpoint,
        examples: &[Example],
        dev: &[Example],
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Result<Outcome, TrainError> {
        let (run, out, device) = (self.run(), self.out(), Device::flex());
        train(&Job { checkpoint, examples, dev, options, run: &run, out: &out, device }, progress)
    }

    /// The bytes of the weights that were written.
    fn weights(&self) -> Vec<u8> {
        fs::read(self.out().join("model.safetensors")).unwrap()
    }
}

/// A watcher that keeps what it is told; stops after a step.
#[derive(Default)]
struct Watch {
    steps: Vec<StepMetrics>,
    dev: Vec<(usize, f64, bool)>,
    saved: Vec<usize>,
    resumed: Option<usize>,
    stop_after: Option<usize>,
}

impl Progress for Watch {
    fn step(&mut self, metrics: &StepMetrics) {
        self.steps.push(metrics.clone());
    }

    fn evaluated(&mut self, metrics: &tracewright::internals::train::DevMetrics) {
        self.dev.push((metrics.step, metrics.loss, metrics.best));
    }

    fn saved(&mut self, step: usize) {
        self.saved.push(step);
    }

    fn resumed(&mut self, step: usize) {
        self.resumed = Some(step);
    }

    fn stop(&mut self) -> bool {
        self.stop_after.is_some_and(|step| self.steps.last().is_some_and(|last| last.step >= step))
    }
}

/// Examples with a pattern that a small model can learn: the completion counts on from the prompt.
fn counting(count: u32) -> Vec<Example> {
    let number = |value: u32| 3 + value % 30;
    (0..count)
        .map(|i| Example::new((0..3).map(|k| number(i + k)).collect(), (3..7).map(|k| number(i + k)).collect()))
        .collect()
}
