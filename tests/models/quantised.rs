//! Weights of 8 bits.

use std::{
    fs::OpenOptions,
    io::{Seek, SeekFrom, Write},
};

use tracewright::internals::model::{Checkpoint, LoadOptions, LocalModel};

use crate::{
    Weights, distance, load, logits_of, options,
    random::{Random, Shape},
    runtime,
};

const SHAPE: Shape = Shape {
    architecture: "LlamaForCausalLM",
    vocabulary: 500,
    hidden: 256,
    intermediate: 700,
    layers: 3,
    heads: 4,
    kv_heads: 2,
    head_dim: 64,
};

#[test]
fn logits_stay_close() {
    let Some(runtime) = runtime() else { return };
    let folder = tempfile::tempdir().unwrap();
    SHAPE.write(folder.path(), 11);
    let tokens = Random(6).tokens(50, 500);
    let exact = logits_of(&mut load(&runtime, folder.path(), &options(Weights::Stored, 1)), &tokens);
    let rounded = logits_of(&mut load(&runtime, folder.path(), &options(Weights::EightBit, 1)), &tokens);
    let largest = exact.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let error = distance(&exact, &rounded) / largest;
    println!("largest difference: {error} of the largest logit");
    assert!(error > 0.0 && error < 0.05, "{error}");
}

#[test]
fn broken_weights_are_not_made_to_look_sound() {
    let Some(runtime) = runtime() else { return };
    let name = "model.layers.1.mlp.up_proj.weight";
    for broken in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let folder = tempfile::tempdir().unwrap();
        Shape { layers: 2, ..SHAPE }.write(folder.path(), 12);
        let checkpoint = Checkpoint::open(folder.path()).unwrap();
        let place = checkpoint.tensor(name).unwrap();
        let mut file = OpenOptions::new().write(true).open(&place.file).unwrap();
        file.seek(SeekFrom::Start(place.offset + 4 * 1000)).unwrap();
        file.write_all(&broken.to_le_bytes()).unwrap();
        let options = LoadOptions { cache: folder.path().into(), ..options(Weights::EightBit, 1) };
        let loaded = LocalModel::load(&checkpoint, &runtime, &options, &mut |_| ());
        let error = loaded.map(drop).unwrap_err().to_string();
        assert!(error.contains("model.safetensors") && error.contains(name) && error.contains("NaN"), "{error}");
    }
}
