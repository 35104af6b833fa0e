//! Trained weights in ONNX Runtime.

use std::path::{Path, PathBuf};

use tracewright::internals::{
    model::{Checkpoint, Device, Forward, LoadOptions, LocalModel, Row, Runtime, Weights},
    train::{self, Options},
};

use super::{Place, counting, fixture};

fn cache() -> PathBuf {
    match std::env::var_os("TRACEWRIGHT_CACHE") {
        Some(cache) => cache.into(),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"),
    }
}

/// The logits after each of `tokens` as the session computes them.
fn served(runtime: &Runtime, checkpoint: &Checkpoint, tokens: &[u32]) -> Vec<f32> {
    let options =
        LoadOptions { device: Device::Cpu, threads: 1, weights: Weights::Stored, context: None, cache: cache() };
    let mut model = LocalModel::load(checkpoint, runtime, &options, &mut |_| ()).unwrap();
    model.reset(1, tokens.len()).unwrap();
    let mut logits = vec![];
    model.forward(&[Row { slot: 0, start: 0, tokens, wanted: tokens.len() }], &mut logits).unwrap();
    logits
}

#[test]
fn trained_weights_give_the_same_logits_in_onnx_runtime() {
    let runtime = match Runtime::open(&cache(), Device::Cpu, &mut |line| eprintln!("{line}")) {
        Ok(runtime) => runtime,
        Err(error) => return eprintln!("skipped: {error}"),
    };
    let tokens = (0..24).map(|i| i * 7 % 40).collect::<Vec<_>>();
    for name in [
        "gemma",
        "gemma-legacy",
        "llama",
        "llama-biases",
        "llama-f16",
        "llama-tied",
        "mistral",
        "mistral-sliding",
        "phi3",
        "qwen2",
        "qwen2-sliding",
        "qwen2-tied",
        "qwen3",
        "qwen3-bias",
        "qwen3-sliding",
        "starcoder2",
        "starcoder2-plain",
    ] {
        let source = fixture(name);
        let place = Place::new();
        let options = Options { learning_rate: 1e-2, epochs: 2, ..Options::default() };
        place.train(&source, &counting(16), &[], &options, &mut ()).unwrap();
        let trained = Checkpoint::open(&place.out()).unwrap();
        let here = train::logits(&trained, &tokens, &train::Device::flex()).unwrap();
        let there = served(&runtime, &trained, &tokens);
        let before = served(&runtime, &source, &tokens);
        let distance = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert_eq!(here.len(), there.len());
        assert!(distance(&here, &there) < 1e-4, "{name}: {}", distance(&here, &there));
        assert!(distance(&there, &before) > 1e-2, "{name}: nothing was learnt");
    }
}
