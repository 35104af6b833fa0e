//! `dataset pairs`, `init`, `train` and `export`: from tasks to a checkpoint that `sample` opens.

use std::{fs, path::Path};

use safetensors::SafeTensors;
use serde_json::Value;

use crate::support::tracewright;

const CONFIG: &str = r#"{"architectures": ["LlamaForCausalLM"], "torch_dtype": "float32", "vocab_size": 300, "hidden_size": 32,
    "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": true,
    "max_position_embeddings": 4096, "eos_token_id": 0}"#;

fn run(arguments: &[&str], folder: &Path) -> Value {
    let output = tracewright().current_dir(folder).arg("--json").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str], folder: &Path) -> String {
    let output = tracewright().current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    said
}

/// A folder with pairs and a fresh checkpoint.
fn scene() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("config.json"), CONFIG).unwrap();
    let pairs = run(&["dataset", "pairs", "-d", "mini", "--tasks", "12", "-o", "pairs.jsonl"], at);
    assert_eq!(pairs["pairs"].as_u64().unwrap() + pairs["left_out"].as_u64().unwrap(), 12);
    run(&["init", "--config", "config.json", "--fit-tokenizer", "pairs.jsonl", "--out", "start"], at);
    folder
}

const TRAIN: [&str; 12] = [
    "train",
    "--model",
    "start",
    "--data",
    "pairs.jsonl",
    "--batch",
    "4",
    "--max-steps",
    "4",
    "--learning-rate",
    "0.01",
    "--skip-long",
];

#[test]
fn from_tasks_to_a_checkpoint_that_samples() {
    let folder = scene();
    let at = folder.path();
    let trained =
        run(&[&TRAIN[..], &["--dev", "pairs.jsonl", "--evaluate-every", "2", "--out", "trained"]].concat(), at);
    assert_eq!(trained["steps"], 4);
    assert!(trained["best"]["loss"].as_str().unwrap().parse::<f64>().unwrap() < 5.7, "{trained}");
    let metrics = fs::read_to_string(at.join("trained.run/metrics.jsonl")).unwrap();
    assert_eq!(metrics.lines().filter(|line| line.contains("\"step\"")).count(), 6, "{metrics}");
    // Again: it is done already.
    let again = run(&[&TRAIN[..], &["--dev", "pairs.jsonl", "--evaluate-every", "2", "--out", "trained"]].concat(), at);
    assert_eq!(trained, again);
    let sampled = run(
        &[
            "sample",
            "-m",
            "trained",
            "-o",
            "s.jsonl",
            "--tasks",
            "2",
            "--shots",
            "0",
            "--max-new-tokens",
            "8",
            "--batch",
            "2",
        ],
        at,
    );
    assert_eq!(sampled["samples"], 2);
    let exported = run(&["export", "--model", "trained", "--out", "exported"], at);
    assert!(exported["parameters"].as_u64().unwrap() > 10_000);
    assert!(fs::metadata(at.join("exported/decoder.onnx")).unwrap().len() > 1000);
    let weights = |name: &str| fs::read(at.join(name).join("model.safetensors")).unwrap();
    assert_eq!(weights("trained"), weights("exported"));
    assert_ne!(weights("trained"), weights("start"));
    assert!(refused(&["export", "--model", "trained", "--out", "exported"], at).contains("exists already"));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let folder = scene();
    let at = folder.path();
    let mut all = Vec::new();
    for threads in ["1", "2", "3", "7"] {
        let out = format!("out{threads}");
        let arguments = [&TRAIN[..], &["--row", "700", "--out", &out]].concat();
        let mut command = tracewright();
        let done = command.current_dir(at).env("RAYON_NUM_THREADS", threads).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        all.push(fs::read(at.join(out).join("model.safetensors")).unwrap());
    }
    assert!(all.iter().all(|weights| *weights == all[0]));
}

#[test]
fn adapters_are_merged_and_saved() {
    let folder = scene();
    let at = folder.path();
    run(&[&TRAIN[..], &["--lora", "2", "--out", "adapted"]].concat(), at);
    let config: Value =
        serde_json::from_slice(&fs::read(at.join("adapted/adapter/adapter_config.json")).unwrap()).unwrap();
    assert_eq!((config["r"].as_u64(), config["peft_type"].as_str()), (Some(2), Some("LORA")));
    assert!(
        at.join("adapted/adapter/adapter_model.safetensors").exists() && at.join("adapted/model.safetensors").exists()
    );

    // The adapter alone, as a model: its base with it merged, which is what training wrote.
    let export = |out: &str| {
        let mut command = tracewright();
        let arguments = ["export", "--model", "adapted/adapter", "--out", out];
        let output =
            command.env("TRACEWRIGHT_CACHE", at.join("cache")).current_dir(at).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        said
    };
    assert!(export("whole").contains("merging the adapter"));
    assert!(!export("again").contains("merging the adapter"), "it is kept");
    let read = |folder: &str| fs::read(at.join(folder).join("model.safetensors")).unwrap();
    assert!(read("whole") == read("again"));
    let [merged, trained, start] = ["whole", "adapted", "start"].map(read);
    let [merged, trained, start] = [&merged, &trained, &start].map(|bytes| SafeTensors::deserialize(bytes).unwrap());
    let values =
        |bytes: &[u8]| -> Vec<f32> { bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect() };
    assert_eq!(merged.len(), trained.len());
    let mut changed = 0;
    for (name, view) in trained.iter() {
        let (ours, theirs) = (values(merged.tensor(name).unwrap().data()), values(view.data()));
        changed += usize::from(view.data() != start.tensor(name).unwrap().data());
        let distance = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(ours.len() == theirs.len() && distance < 1e-6, "{name}: {distance}");
    }
    assert!(changed > 0, "the adapter changes nothing");
    for name in ["config.json", "tokenizer.json", "decoder.onnx"] {
        assert!(at.join("whole").join(name).exists(), "{name}");
    }
    assert!(!at.join("whole/adapter_config.json").exists());

    // One that was made for another model.
    fs::write(at.join("small.json"), CONFIG.replace("\"hidden_size\": 32", "\"hidden_size\": 16")).unwrap();
    run(&["init", "--config", "small.json", "--fit-tokenizer", "pairs.jsonl", "--out", "small"], at);
    let path = at.join("adapted/adapter/adapter_config.json");
    let text = fs::read_to_string(&path).unwrap().replace("\"start\"", "\"small\"");
    fs::write(&path, text).unwrap();
    let said = refused(&["export", "--model", "adapted/adapter", "--out", "other"], at);
    assert!(said.contains("do not fit the base model's [16, 64]"), "{said}");
}

#[test]
fn bad_input_is_named() {
    let folder = scene();
    let at = folder.path();
    let with = |data: &str, rest: &[&str]| {
        refused(&[&["train", "--model", "start", "--data", data, "--out", "out"], rest].concat(), at)
    };
    assert!(with("missing.jsonl", &[]).contains("missing.jsonl"));
    fs::write(at.join("broken.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\"}\n").unwrap();
    let said = with("broken.jsonl", &[]);
    assert!(said.contains("broken.jsonl:2") && said.contains("completion"), "{said}");
    fs::write(at.join("empty.jsonl"), "\n").unwrap();
    assert!(with("empty.jsonl", &[]).contains("no pairs"));
    assert!(with("pairs.jsonl", &["--batch", "0"]).contains("`batch`"));
    // Byte order marks, and one process at a time.
    fs::write(at.join("marked.jsonl"), "\u{FEFF}{\"prompt\": \"a\", \"completion\": \"b\"}\n").unwrap();
    fs::write(at.join("marked.toml"), "\u{FEFF}batch = 1\n").unwrap();
    for name in ["config.json", "tokenizer.json"] {
        let text = fs::read_to_string(at.join("start").join(name)).unwrap();
        fs::write(at.join("start").join(name), format!("\u{FEFF}{text}")).unwrap();
    }
    let marked = ["train", "--model", "start", "--data", "marked.jsonl", "--config", "marked.toml", "--max-steps", "1"];
    fs::create_dir(at.join("held.run")).unwrap();
    let held = tracewright::internals::files::Lock::folder(&at.join("held.run")).unwrap();
    let marked = [&marked[..], &["--out", "held"]].concat();
    assert!(refused(&marked, at).contains("being written by another"));
    drop(held);
    run(&marked, at);
    fs::write(at.join("options.toml"), "learning_rat = 1\n").unwrap();
    assert!(with("pairs.jsonl", &["--config", "options.toml"]).contains("learning_rat"));
    assert!(with("pairs.jsonl", &["--learning-rate", "1e30", "--skip-long"]).contains("lower learning rate"));
}
