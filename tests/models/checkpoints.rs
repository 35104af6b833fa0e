//! Damaged, incomplete and unsupported checkpoints: errors that name what is wrong.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tracewright::internals::model::Checkpoint;

use crate::{
    Weights, distance, fixtures, logits_of, options,
    random::{Shape, write_tensors},
    runtime,
};

const SHAPE: Shape = Shape {
    architecture: "LlamaForCausalLM",
    vocabulary: 30,
    hidden: 8,
    intermediate: 12,
    layers: 1,
    heads: 2,
    kv_heads: 1,
    head_dim: 4,
};

/// A sound checkpoint.
fn sound() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    SHAPE.write(folder.path(), 0);
    Checkpoint::open(folder.path()).unwrap();
    folder
}

/// Asserts that opening fails with all of `words`.
#[track_caller]
fn refused(folder: &Path, words: &[&str]) {
    let error = Checkpoint::open(folder).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "{word:?} is not in: {error}");
    }
}

#[track_caller]
fn config(changes: &[(&str, Value)], words: &[&str]) {
    let folder = sound();
    let mut config = SHAPE.config();
    for (name, value) in changes {
        config[*name] = value.clone();
    }
    fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
    refused(folder.path(), words);
}

#[test]
fn configurations() {
    config(
        &[("architectures", json!(["GPT2LMHeadModel"]))],
        &["config.json", "architectures", "GPT2LMHeadModel", "Qwen3ForCausalLM"],
    );
    config(&[("hidden_act", json!("gelu"))], &["hidden_act", "gelu"]);
    config(&[("hidden_size", json!("8"))], &["`hidden_size`", "whole number"]);
    config(&[("hidden_size", Value::Null)], &["`hidden_size` is missing"]);
    config(&[("num_key_value_heads", json!(3))], &["num_key_value_heads", "divisor"]);
    config(&[("head_dim", json!(5))], &["head_dim", "even"]);
    config(&[("head_dim", json!(65538))], &["head_dim", "at most 65536"]);
    config(&[("rope_scaling", json!({"rope_type": "longrope"}))], &["rope_scaling.rope_type", "longrope", "yarn"]);
    config(&[("rope_scaling", json!({"type": "linear"}))], &["rope_scaling.factor", "missing"]);
    config(&[("rope_parameters", json!({"rope_type": "llama3", "factor": -1}))], &["rope_parameters.factor"]);
    config(&[("rope_parameters", json!({"full_attention": {}}))], &["rope_parameters", "one set"]);
    config(
        &[
            ("rope_scaling", json!({"rope_type": "linear", "factor": 2})),
            ("rope_parameters", json!({"rope_type": "linear", "factor": 4})),
        ],
        &["config.json", "`rope_scaling`", "`rope_parameters`"],
    );
    config(&[("eos_token_id", json!([29, 30]))], &["config.json", "`eos_token_id`", "vocab_size (30)"]);
    config(&[("partial_rotary_factor", json!(0.5))], &["partial_rotary_factor", "0.5"]);
    config(&[("quantization_config", json!({"quant_method": "gptq"}))], &["quantization_config", "gptq"]);
    config(
        &[("vocab_size", json!(31))],
        &["model.safetensors", "model.embed_tokens.weight", "[30, 8]", "vocab_size is 31"],
    );
    config(&[("tie_word_embeddings", json!(false))], &["lm_head.weight is missing"]);
    config(&[("intermediate_size", json!(13))], &["mlp.gate_proj.weight", "[12, 8]", "[13, 8]"]);
    for layers in [2, 2_000_000_000] {
        config(&[("num_hidden_layers", json!(layers))], &["model.layers.1.input_layernorm.weight is missing"]);
    }
}

#[test]
fn damaged_weights() {
    let folder = sound();
    let path = folder.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    let with = |bytes: &[u8], words: &[&str]| {
        fs::write(&path, bytes).unwrap();
        refused(folder.path(), words);
    };
    with(&bytes[..bytes.len() - 1], &["model.safetensors", "header describes", "incomplete"]);
    with(&bytes[..100], &["ends within its header"]);
    with(&bytes[..5], &["ends within its header"]);
    with(&[&bytes[..], b"x"].concat(), &["damaged"]);
    with(b"version https://git-lfs", &["Git LFS pointer"]);
    with(&[0xff; 64], &["not a safetensors file"]);
    // Eight tensors that together nearly fill 64 bits.
    let size = u64::MAX / 8;
    let tensor = |i| json!({"dtype": "U8", "shape": [size], "data_offsets": [i * size, (i + 1) * size]});
    let most = (0..8).map(|i: u64| (i.to_string(), tensor(i))).collect::<serde_json::Map<_, _>>();
    let most = Value::from(most).to_string();
    with(&[&(most.len() as u64).to_le_bytes()[..], most.as_bytes()].concat(), &["header describes", "incomplete"]);
    with(&[&16_u64.to_le_bytes()[..], b"not json at all!"].concat(), &["its header is not one"]);
    fs::write(folder.path().join("config.json"), "{").unwrap();
    refused(folder.path(), &["config.json", "not JSON"]);
    fs::remove_file(folder.path().join("config.json")).unwrap();
    refused(folder.path(), &["config.json"]);
}

#[test]
fn missing_and_stray_tensors() {
    let folder = sound();
    let path = folder.path().join("model.safetensors");
    let mut tensors = SHAPE.tensors();
    tensors.push(("model.layers.0.self_attn.q_proj.bias".into(), vec![8]));
    write_tensors(&path, &tensors, 0);
    refused(folder.path(), &["self_attn.q_proj.bias", "no place"]);
    tensors.truncate(tensors.len() - 2);
    write_tensors(&path, &tensors, 0);
    refused(folder.path(), &["post_attention_layernorm.weight is missing"]);
    fs::remove_file(&path).unwrap();
    refused(folder.path(), &["neither model.safetensors nor"]);
    fs::write(folder.path().join("pytorch_model.bin"), "").unwrap();
    refused(folder.path(), &["pytorch_model.bin", "convert"]);
}

#[test]
fn shards() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| fs::copy(fixtures().join("mistral").join(name), folder.path().join(name)).unwrap();
    let index = "model.safetensors.index.json";
    let shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
    copy("config.json");
    copy(index);
    copy(shards[0]);
    refused(folder.path(), &[shards[1], "part of the checkpoint is missing"]);
    copy(shards[1]);
    assert_eq!(Checkpoint::open(folder.path()).unwrap().files().len(), 2);
    fs::copy(folder.path().join(shards[0]), folder.path().join(shards[1])).unwrap();
    refused(folder.path(), &[shards[1], "is not in it", index]);
    fs::write(folder.path().join(index), r#"{"weight_map": {"a": "../x"}}"#).unwrap();
    refused(folder.path(), &["weight_map.a", "beside the index"]);
}

#[test]
fn two_spellings_of_the_same_embeddings() {
    let folder = sound();
    let mut config = SHAPE.config();
    let mut rope = |scaling: Value, parameters: Value| {
        config["rope_scaling"] = scaling;
        config["rope_parameters"] = parameters;
        fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        Checkpoint::open(folder.path()).unwrap().config().rope.clone()
    };
    let linear = json!({"rope_type": "linear", "factor": 2.0, "rope_theta": 10000.0});
    let older = json!({"type": "linear", "factor": 2});
    let expected = rope(linear.clone(), Value::Null);
    assert_eq!(rope(older, linear.clone()), expected);
    assert_eq!(rope(json!({}), linear), expected);
    assert_ne!(rope(Value::Null, json!({})), expected);
}

#[test]
fn ends_of_texts() {
    let folder = sound();
    assert_eq!(Checkpoint::open(folder.path()).unwrap().eos(), [0]);
    let path = folder.path().join("generation_config.json");
    let text = r#"{"eos_token_id": [3, 4], "pad_token_id": -1, "top_k": "all", "temperature": null}"#;
    fs::write(&path, text).unwrap();
    assert_eq!(Checkpoint::open(folder.path()).unwrap().eos(), [3, 4]);
    fs::write(&path, r#"{"eos_token_id": 30}"#).unwrap();
    refused(folder.path(), &["generation_config.json", "`eos_token_id`", "vocab_size (30)"]);
}

#[test]
fn sliding_windows_reach_so_far_back() {
    let Some(runtime) = runtime() else { return };
    let folder = sound();
    let mut config = SHAPE.config();
    config["architectures"] = json!(["MistralForCausalLM"]);
    let mut logits = |window: Value| {
        config["sliding_window"] = window;
        fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        let mut model = crate::load(&runtime, folder.path(), &options(Weights::Stored, 1));
        logits_of(&mut model, &(0..30).map(|token| token % 7).collect::<Vec<_>>())
    };
    let all = logits(json!(null));
    // A window over everything is none; one of all but the first token differs after that many tokens.
    assert_eq!(logits(json!(30)), all);
    let some = logits(json!(20));
    let (before, after) = (20 * all.len() / 30, 21 * all.len() / 30);
    assert_eq!(some[..before], all[..before]);
    assert!(distance(&some[before..after], &all[before..after]) > 1e-4);
}

#[cfg(unix)]
#[test]
fn links_into_another_folder_are_followed() {
    let Some(runtime) = runtime() else { return };
    let (blobs, snapshot) = (sound(), tempfile::tempdir().unwrap());
    for name in ["config.json", "model.safetensors"] {
        std::os::unix::fs::symlink(blobs.path().join(name), snapshot.path().join(name)).unwrap();
    }
    crate::load(&runtime, snapshot.path(), &options(Weights::EightBit, 1));
}
