//! Models that optimum exported: the same numbers as the checkpoint they were made from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tracewright::internals::model::{ExportedModel, Forward, LoadOptions, ModelError, Opened, Row, open};

use crate::{Weights, distance, fixtures, load, logits_of, options, random::Random, runtime};

/// A folder with one of the exports, and with `changes` to its configuration.
fn export(file: &str, changes: &[(&str, serde_json::Value)]) -> tempfile::TempDir {
    let exports = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/models/exported");
    let folder = tempfile::tempdir().unwrap();
    fs::copy(exports.join(file), folder.path().join(file)).unwrap();
    let config = fs::read(exports.join("config.json")).unwrap();
    let mut config: serde_json::Value = serde_json::from_slice(&config).unwrap();
    for (name, value) in changes {
        config[*name] = value.clone();
    }
    fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
    folder
}

fn open_export(changes: &[(&str, serde_json::Value)], options: &LoadOptions) -> Option<Result<Opened, ModelError>> {
    Some(open(export("model.onnx", changes).path(), &runtime()?, options, &mut |_| ()))
}

#[test]
fn an_export_computes_what_its_checkpoint_does() {
    let Some(runtime) = runtime() else { return };
    // In one graph, and in two branches of which the first has no cache.
    for file in ["model.onnx", "decoder_model_merged.onnx"] {
        let folder = export(file, &[]);
        assert!(ExportedModel::is_in(folder.path()));
        let mut model = ExportedModel::load(folder.path(), &runtime, &options(Weights::Stored, 1)).unwrap();
        let tokens = Random(7).tokens(30, model.vocabulary());
        let expected = logits_of(&mut load(&runtime, &fixtures().join("llama"), &options(Weights::Stored, 1)), &tokens);
        let whole = logits_of(&mut model, &tokens);
        assert!(distance(&whole, &expected) < 1e-4, "{file}");

        // In pieces, in two slots, with a copy and with forgetting.
        let row = |slot, start, end| Row { slot, start, tokens: &tokens[start..end], wanted: 1 };
        let mut logits = vec![];
        model.reset(3, 30).unwrap();
        model.forward(&[row(0, 0, 12), row(2, 0, 1)], &mut logits).unwrap();
        model.copy(0, 1, 10).unwrap();
        model.forward(&[row(0, 12, 13), row(1, 10, 20), row(2, 1, 2)], &mut logits).unwrap();
        let at = |position: usize| &expected[position * 40..(position + 1) * 40];
        assert!(distance(&logits, &[at(12), at(19), at(1)].concat()) < 1e-4, "{file}");
        model.forward(&[row(1, 5, 30)], &mut logits).unwrap();
        assert!(distance(&logits, at(29)) < 1e-4, "{file}");
        assert!(model.forward(&[Row { wanted: 0, ..row(2, 3, 4) }], &mut logits).is_err());
        assert!(model.copy(2, 0, 3).is_err());
    }
}

#[test]
fn a_folder_without_one_is_refused() {
    let Some(runtime) = runtime() else { return };
    let folder = tempfile::tempdir().unwrap();
    assert!(!ExportedModel::is_in(folder.path()));
    let loaded = ExportedModel::load(folder.path(), &runtime, &options(Weights::Stored, 1));
    let error = loaded.map(drop).unwrap_err().to_string();
    assert!(error.contains("decoder_model_merged.onnx"), "{error}");
}

#[test]
fn checkpoints_and_exports_are_opened_alike() {
    let Some(runtime) = runtime() else { return };
    let folder = export("model.onnx", &[]);
    let options = options(Weights::Stored, 1);
    let tokens = Random(8).tokens(20, 40);
    let logits_in = |folder: &Path| {
        let Opened { mut model, eos } = open(folder, &runtime, &options, &mut |_| ()).unwrap();
        assert_eq!((model.vocabulary(), model.context(), &eos[..]), (40, 64, &[2][..]));
        // Elsewhere: the work of a thread beside the interface's.
        let tokens = tokens.clone();
        std::thread::spawn(move || logits_of(&mut *model, &tokens)).join().unwrap()
    };
    let checkpoint = logits_in(&fixtures().join("llama"));
    assert!(distance(&logits_in(folder.path()), &checkpoint) < 1e-4);
    // Where there are both, the checkpoint: bit for bit.
    let weights = "model.safetensors";
    fs::copy(fixtures().join("llama").join(weights), folder.path().join(weights)).unwrap();
    assert!(distance(&logits_in(folder.path()), &checkpoint) <= 0.0);
}

#[test]
fn options_of_exports() {
    let of = |context| LoadOptions { context, ..options(Weights::Stored, 1) };
    let context = |changes: &[_], context| {
        open_export(changes, &of(context)).map(|opened| opened.map(|opened| opened.model.context()))
    };
    let silent = [("max_position_embeddings", serde_json::Value::Null)];
    let Some(shorter) = context(&[], Some(20)) else { return };
    assert_eq!(shorter.unwrap(), 20);
    assert_eq!(context(&silent, Some(33)).unwrap().unwrap(), 33);
    let error = |opened: Option<Result<usize, ModelError>>| opened.unwrap().unwrap_err().to_string();
    assert!(error(context(&[], Some(65))).contains("made for 64"));
    assert!(error(context(&silent, None)).contains("max_position_embeddings"));
    assert!(error(context(&[("eos_token_id", 40.into())], None)).contains("config.json: `eos_token_id` must be below"));
    let eight = open_export(&[], &options(Weights::EightBit, 1)).unwrap().map(drop).unwrap_err().to_string();
    assert!(eight.contains("8-bit"), "{eight}");
}
