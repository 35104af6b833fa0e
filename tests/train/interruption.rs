//! Runs that are stopped anywhere end as if they had not been.

use std::fs;

use tracewright::internals::train::{Example, Lora, Options, TrainError};

use super::{Place, Watch, counting, fixture};

fn options() -> Options {
    Options {
        learning_rate: 5e-3,
        batch: 4,
        epochs: 2,
        save_every: 3,
        evaluate_every: Some(2),
        warmup: 2,
        seed: 3,
        ..Options::default()
    }
}

/// The metrics that a run leaves, without timings.
fn metrics(place: &Place) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(place.run().join("metrics.jsonl")).unwrap();
    let parse = |line: &str| {
        let mut value = serde_json::from_str::<serde_json::Value>(line).unwrap();
        value.as_object_mut().unwrap().remove("timing").unwrap();
        value
    };
    text.lines().map(parse).collect()
}

#[test]
fn the_same_job_gives_the_same_bytes_stopped_or_not() {
    let (examples, dev) = (counting(20), counting(3));
    for lora in [None, Some(Lora { rank: 2, ..Lora::default() })] {
        let options = Options { lora, ..options() };
        let whole = Place::new();
        let outcome = whole.train(&fixture("qwen3"), &examples, &dev, &options, &mut ()).unwrap();
        assert_eq!(outcome.steps, 10);
        let again = Place::new();
        again.train(&fixture("qwen3"), &examples, &dev, &options, &mut ()).unwrap();
        assert_eq!(whole.weights(), again.weights());
        assert_eq!(metrics(&whole), metrics(&again));
        // Stopped in order after each step.
        let stopped = Place::new();
        for step in 1..10 {
            let mut watch = Watch { stop_after: Some(step), ..Watch::default() };
            let result = stopped.train(&fixture("qwen3"), &examples, &dev, &options, &mut watch);
            assert!(matches!(result, Err(TrainError::Stopped { step: at }) if at == step));
            assert_eq!(watch.steps.len(), 1);
        }
        assert_eq!(stopped.train(&fixture("qwen3"), &examples, &dev, &options, &mut ()).unwrap(), outcome);
        assert_eq!(whole.weights(), stopped.weights());
        assert_eq!(metrics(&whole), metrics(&stopped));
    }
}

/// A kill leaves the last saved state, later lines of metrics, perhaps a better `best`, and a half-written temporary file.
#[test]
fn a_killed_run_goes_on_from_its_last_saved_state() {
    let (examples, dev) = (counting(20), counting(3));
    let whole = Place::new();
    whole.train(&fixture("llama"), &examples, &dev, &options(), &mut ()).unwrap();
    let killed = Place::new();
    let mut watch = Watch { stop_after: Some(3), ..Watch::default() };
    killed.train(&fixture("llama"), &examples, &dev, &options(), &mut watch).unwrap_err();
    let state = fs::read(killed.run().join("state.safetensors")).unwrap();
    let mut watch = Watch { stop_after: Some(5), ..Watch::default() };
    killed.train(&fixture("llama"), &examples, &dev, &options(), &mut watch).unwrap_err();
    fs::write(killed.run().join("state.safetensors"), state).unwrap();
    fs::write(killed.run().join(".partial-x"), "half").unwrap();
    let log = killed.run().join("metrics.jsonl");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, &text[..text.len() - 20]).unwrap();
    let mut watch = Watch::default();
    killed.train(&fixture("llama"), &examples, &dev, &options(), &mut watch).unwrap();
    assert_eq!(watch.resumed, Some(3));
    assert_eq!(whole.weights(), killed.weights());
    assert_eq!(metrics(&whole), metrics(&killed));
}

#[test]
fn a_finished_run_only_writes_what_is_missing() {
    let place = Place::new();
    place.train(&fixture("llama"), &counting(8), &[], &options(), &mut ()).unwrap();
    let weights = place.weights();
    fs::remove_dir_all(place.out()).unwrap();
    let mut watch = Watch::default();
    place.train(&fixture("llama"), &counting(8), &[], &options(), &mut watch).unwrap();
    assert!(watch.steps.is_empty());
    assert_eq!(weights, place.weights());
    place.train(&fixture("llama"), &counting(8), &[], &options(), &mut watch).unwrap();
    assert!(watch.steps.is_empty());
}

#[test]
fn a_folder_of_another_run_is_refused() {
    let place = Place::new();
    place.train(&fixture("llama"), &counting(8), &[], &options(), &mut ()).unwrap();
    let refused = |examples: Vec<Example>, options: Options, name: &str| {
        let result = place.train(&fixture(name), &examples, &[], &options, &mut ());
        match result {
            Err(TrainError::OtherRun { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(counting(9), options(), "llama"), "examples");
    assert_eq!(refused(counting(8), Options { seed: 4, ..options() }, "llama"), "options");
    assert_eq!(refused(counting(8), options(), "llama-linear"), "weights");
    // How often states are saved does not matter.
    place.train(&fixture("llama"), &counting(8), &[], &Options { save_every: 1, ..options() }, &mut ()).unwrap();
}
