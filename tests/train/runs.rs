//! The things that runs do: learn, stop, keep the best, refuse.

use std::fs;

use safetensors::{SafeTensors, tensor::Dtype};
use tracewright::internals::{
    model::Checkpoint,
    train::{Device, Example, Options, Precision, TooLong, TrainError, evaluate, init},
};

use super::{Place, Watch, counting, fixture};

#[test]
fn a_model_from_nothing_learns_to_count() {
    let place = Place::new();
    let config = r#"{"architectures": ["Qwen3ForCausalLM"], "vocab_size": 40, "hidden_size": 32, "intermediate_size": 64,
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "tie_word_embeddings": true}"#;
    let config_file = place.folder.path().join("config.json");
    fs::write(&config_file, config).unwrap();
    let [first, second, other] = ["a", "b", "c"].map(|name| place.folder.path().join(name));
    init(&config_file, b"{}", &first, 1).unwrap();
    init(&config_file, b"{}", &second, 1).unwrap();
    init(&config_file, b"{}", &other, 2).unwrap();
    let weights = |folder: &std::path::Path| fs::read(folder.join("model.safetensors")).unwrap();
    assert_eq!(weights(&first), weights(&second));
    assert_ne!(weights(&first), weights(&other));
    assert!(matches!(init(&config_file, b"{}", &first, 1), Err(TrainError::Exists { .. })));
    let checkpoint = Checkpoint::open(&first).unwrap();
    let options = Options { learning_rate: 1e-2, batch: 10, epochs: 30, warmup: 5, ..Options::default() };
    let loss = |checkpoint: &Checkpoint| evaluate(checkpoint, &counting(30), &options, &Device::flex()).unwrap();
    let before = loss(&checkpoint);
    assert!((before - f64::from(40_f32.ln())).abs() < 0.2, "{before}");
    place.train(&checkpoint, &counting(30), &[], &options, &mut ()).unwrap();
    let after = loss(&Checkpoint::open(&place.out()).unwrap());
    assert!(after < 0.3, "{after}");
    assert_eq!(fs::read_to_string(place.out().join("tokenizer.json")).unwrap(), "{}");
}

#[test]
fn weights_keep_their_types_and_files_or_become_floats() {
    for (name, dtype, shards) in [("qwen2", Dtype::BF16, 1), ("llama-f16", Dtype::F16, 1), ("mistral", Dtype::F32, 2)] {
        let source = fixture(name);
        for precision in [Precision::Source, Precision::F32] {
            let place = Place::new();
            let options = Options { learning_rate: 1e-2, precision, ..Options::default() };
            place.train(&source, &counting(8), &[], &options, &mut ()).unwrap();
            let trained = Checkpoint::open(&place.out()).unwrap();
            assert_eq!(trained.files().len(), shards);
            let wanted = if precision == Precision::F32 { Dtype::F32 } else { dtype };
            for (before, after) in source.files().iter().zip(trained.files()) {
                assert_eq!(before.file_name(), after.file_name());
                let (before, after) = (fs::read(before).unwrap(), fs::read(after).unwrap());
                let (before, after) =
                    (SafeTensors::deserialize(&before).unwrap(), SafeTensors::deserialize(&after).unwrap());
                let mut names = [before.names(), after.names()];
                for names in &mut names {
                    names.sort_unstable();
                }
                assert_eq!(names[0], names[1]);
                assert!(after.iter().all(|(_, view)| view.dtype() == wanted));
            }
        }
    }
}

/// Examples that contradict the training examples: their loss rises sooner or later.
fn contradiction() -> Vec<Example> {
    counting(6).into_iter().map(|example| Example { completion: vec![1; 4], ..example }).collect()
}

#[test]
fn training_stops_early_and_the_best_is_kept() {
    let place = Place::new();
    let options = Options {
        learning_rate: 1e-2,
        batch: 4,
        epochs: 50,
        evaluate_every: Some(1),
        patience: Some(3),
        ..Options::default()
    };
    let mut watch = Watch::default();
    let outcome = place.train(&fixture("llama"), &counting(20), &contradiction(), &options, &mut watch).unwrap();
    let best = outcome.best.unwrap();
    assert!(outcome.stopped_early);
    assert_eq!(outcome.steps, best.step + 3);
    assert_eq!(watch.dev.len(), outcome.steps);
    let kept = evaluate(&Checkpoint::open(&place.out()).unwrap(), &contradiction(), &options, &Device::flex()).unwrap();
    assert!((kept - best.loss).abs() < 1e-5, "{kept} {}", best.loss);
    assert!(watch.dev.iter().all(|(_, loss, _)| *loss >= best.loss));
}

#[test]
fn a_loss_that_is_no_number_stops_the_run_and_keeps_the_state() {
    let place = Place::new();
    let options = Options {
        learning_rate: 1e30,
        weight_decay: 0.0,
        save_every: 1,
        warmup: 0,
        final_share: 1.0,
        batch: 4,
        epochs: 20,
        ..Options::default()
    };
    let mut watch = Watch::default();
    let error = place.train(&fixture("llama"), &counting(8), &[], &options, &mut watch).unwrap_err();
    let TrainError::Diverged { step, saved, .. } = error else { panic!("{error}") };
    assert_eq!(saved, step - 1);
    assert_eq!(watch.saved.last(), Some(&saved));
    assert!(place.run().join("state.safetensors").exists());
    assert!(!place.out().exists());
}

#[test]
fn what_cannot_be_trained_on_is_named() {
    let place = Place::new();
    let refused = |example: Example, options: &Options| {
        let examples = [counting(1), vec![example]].concat();
        match place.train(&fixture("llama"), &examples, &[], options, &mut ()) {
            Err(TrainError::Example { index: 1, problem, .. }) => problem,
            other => panic!("{other:?}"),
        }
    };
    let options = Options::default();
    assert!(refused(Example::new(vec![1], vec![]), &options).contains("no token to predict"));
    assert!(refused(Example::new(vec![], vec![1]), &options).contains("no token to predict"));
    assert!(refused(Example::new(vec![40], vec![1]), &options).contains("token 40"));
    assert!(refused(Example { weight: 0.0, ..Example::new(vec![1], vec![1]) }, &options).contains("weight"));
    let long = Example::new(vec![1; 40], vec![2; 40]);
    assert!(refused(long.clone(), &options).contains("at most 64"));
    let skip = Options { too_long: TooLong::Skip, epochs: 1, ..options };
    let outcome = place.train(&fixture("llama"), &[counting(1), vec![long]].concat(), &[], &skip, &mut ()).unwrap();
    assert_eq!((outcome.skipped, outcome.steps), (1, 1));
}
