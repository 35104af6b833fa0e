//! Low-rank adapters.

use std::fs;

use safetensors::SafeTensors;
use tracewright::internals::{
    model::Checkpoint,
    train::{Device, Lora, Options, evaluate, logits},
};

use super::{Place, counting, fixture};

fn options() -> Options {
    let lora = Lora { rank: 4, alpha: 8.0, target_modules: vec!["q_proj".into(), "down_proj".into()] };
    Options { learning_rate: 2e-2, batch: 5, epochs: 8, lora: Some(lora), ..Options::default() }
}

#[test]
fn adapters_learn_and_are_merged_into_chosen_projections_only() {
    let place = Place::new();
    let source = fixture("llama");
    let loss = |checkpoint: &Checkpoint| evaluate(checkpoint, &counting(20), &options(), &Device::flex()).unwrap();
    place.train(&source, &counting(20), &[], &options(), &mut ()).unwrap();
    let trained = Checkpoint::open(&place.out()).unwrap();
    assert!(loss(&trained) < 0.8 * loss(&source), "{} {}", loss(&trained), loss(&source));
    let [before, after] = [&source, &trained].map(|checkpoint| fs::read(&checkpoint.files()[0]).unwrap());
    let [before, after] = [&before, &after].map(|bytes| SafeTensors::deserialize(bytes).unwrap());
    for (name, view) in before.iter() {
        let chosen = name.contains("q_proj") || name.contains("down_proj");
        assert_eq!(view.data() != after.tensor(name).unwrap().data(), chosen, "{name}");
    }
}

#[test]
fn adapters_lie_as_peft_lays_them() {
    for (model, down) in [("mistral", "down_proj"), ("starcoder2", "c_proj")] {
        let place = Place::new();
        place.train(&fixture(model), &counting(5), &[], &options(), &mut ()).unwrap();
        let folder = place.out().join("adapter");
        let config = fs::read_to_string(folder.join("adapter_config.json")).unwrap();
        let config = serde_json::from_str::<serde_json::Value>(&config).unwrap();
        assert_eq!((&config["peft_type"], &config["r"]), (&"LORA".into(), &4.into()));
        assert_eq!(config["target_modules"], serde_json::json!(["q_proj", down]));
        let bytes = fs::read(folder.join("adapter_model.safetensors")).unwrap();
        let tensors = SafeTensors::deserialize(&bytes).unwrap();
        assert_eq!(tensors.len(), 8);
        let matrix = |which: &str| {
            let name = format!("base_model.model.model.layers.1.mlp.{down}.{which}.weight");
            tensors.tensor(&name).unwrap().shape().to_vec()
        };
        assert_eq!((matrix("lora_A"), matrix("lora_B")), (vec![4, 24], vec![16, 4]));
    }
}

#[test]
fn adapters_of_nothing_are_refused() {
    for (model, word) in [("starcoder2", "gate_proj"), ("phi3", "whole model")] {
        let lora = Lora { target_modules: vec!["gate_proj".into()], ..Lora::default() };
        let options = Options { lora: Some(lora), ..options() };
        let error = Place::new().train(&fixture(model), &counting(5), &[], &options, &mut ()).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

/// Blocks that are computed again give the same adapters.
#[test]
fn checkpointing_changes_no_result() {
    let tokens = [1, 5, 9, 13];
    let trained = |checkpointing| {
        let place = Place::new();
        let options = Options { checkpointing, ..options() };
        place.train(&fixture("qwen3"), &counting(10), &[], &options, &mut ()).unwrap();
        logits(&Checkpoint::open(&place.out()).unwrap(), &tokens, &Device::flex()).unwrap()
    };
    let (kept, again) = (trained(false), trained(true));
    assert!(kept.iter().zip(&again).all(|(a, b)| (a - b).abs() < 1e-4));
}
