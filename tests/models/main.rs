//! Local models against what Hugging Face's transformers computes, and against themselves.

#![expect(clippy::unwrap_used, reason = "a panic is a test's report")]

mod checkpoints;
mod exported;
mod golden;
mod invariance;
mod quantised;
mod random;
mod runtime;

use std::path::{Path, PathBuf};

use tracewright::internals::model::{Checkpoint, Device, Forward, LoadOptions, LocalModel, Row, Runtime, Weights};

/// The folder where the tiny checkpoints lie (`fixtures.py` writes them).
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/fixtures")
}

/// A directory for what is fetched or computed, kept from run to run.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// ONNX Runtime, or nothing where it cannot be had.
fn runtime() -> Option<Runtime> {
    match Runtime::open(&cache(), Device::Cpu, &mut |line| eprintln!("{line}")) {
        Ok(runtime) => Some(runtime),
        Err(error) => {
            eprintln!("skipped: {error}");
            None
        }
    }
}

fn options(weights: Weights, threads: usize) -> LoadOptions {
    LoadOptions { device: Device::Cpu, threads, weights, context: None, cache: cache() }
}

/// The model in `folder`.
fn load(runtime: &Runtime, folder: &Path, options: &LoadOptions) -> LocalModel {
    let checkpoint = Checkpoint::open(folder).unwrap();
    LocalModel::load(&checkpoint, runtime, options, &mut |_| ()).unwrap()
}

/// The logits after each of `tokens`, in a cache of its own.
fn logits_of(model: &mut dyn Forward, tokens: &[u32]) -> Vec<f32> {
    model.reset(1, tokens.len()).unwrap();
    let mut logits = vec![];
    model.forward(&[Row { slot: 0, start: 0, tokens, wanted: tokens.len() }], &mut logits).unwrap();
    logits
}

/// The largest difference.
fn distance(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
