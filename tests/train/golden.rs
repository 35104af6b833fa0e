//! Three steps of `AdamW` as `PyTorch` takes them (`golden.py`).

use serde::Deserialize;
use tracewright::internals::{
    model::Checkpoint,
    train::{Device, Example, Options, Precision, logits},
};

use super::{Place, Watch, fixture};

#[derive(Deserialize)]
struct Golden {
    options: serde_json::Value,
    examples: Vec<GoldenExample>,
    models: std::collections::BTreeMap<String, Trajectory>,
}

#[derive(Deserialize)]
struct GoldenExample {
    prompt: Vec<u32>,
    completion: Vec<u32>,
    weight: f32,
}

#[derive(Deserialize)]
struct Trajectory {
    losses: Vec<f64>,
    norms: Vec<f64>,
    logits: Vec<f32>,
}

/// Every architecture and option, with rows that hold all examples, some, and one, with blocks kept and computed again.
#[test]
fn losses_norms_and_weights_follow_pytorch() {
    let golden = serde_json::from_str::<Golden>(include_str!("golden.json")).unwrap();
    let examples = golden.examples.iter().map(|example| Example {
        prompt: example.prompt.clone(),
        completion: example.completion.clone(),
        weight: example.weight,
    });
    let examples = examples.collect::<Vec<_>>();
    assert!(golden.models.len() >= 9);
    for (name, wanted) in &golden.models {
        for (row, checkpointing) in [(2048, false), (30, true), (23, false)] {
            let options = serde_json::from_value::<Options>(golden.options.clone()).unwrap();
            let options = Options { row, checkpointing, precision: Precision::F32, ..options };
            let (place, mut watch) = (Place::new(), Watch::default());
            place.train(&fixture(name), &examples, &[], &options, &mut watch).unwrap();
            let losses = watch.steps.iter().map(|step| step.loss);
            let norms = watch.steps.iter().map(|step| step.grad_norm);
            assert_eq!(watch.steps.len(), wanted.losses.len());
            for (got, wanted) in losses.zip(&wanted.losses) {
                assert!((got - wanted).abs() < 1e-4, "{name} {row}: loss {got}, not {wanted}");
            }
            for (got, wanted) in norms.zip(&wanted.norms) {
                assert!((got - wanted).abs() < 1e-4 * wanted, "{name} {row}: norm {got}, not {wanted}");
            }
            let trained = Checkpoint::open(&place.out()).unwrap();
            let logits = logits(&trained, &(0..8).collect::<Vec<_>>(), &Device::flex()).unwrap();
            for (got, wanted) in logits[logits.len() - wanted.logits.len()..].iter().zip(&wanted.logits) {
                assert!((got - wanted).abs() < 1e-3, "{name} {row}: logit {got}, not {wanted}");
            }
        }
    }
}
