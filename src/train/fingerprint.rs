//! Whether a run folder belongs to a job.

use std::path::Path;

use super::{TrainError, example::Example, job::Job, options::Options, state::Fingerprint};
use crate::model::layout;

/// The fingerprint of a job: what it is begun with, as digests.
pub(super) fn of(job: &Job<'_>) -> Result<Fingerprint, TrainError> {
    // How often states are saved changes nothing.
    let options = Options { save_every: 1, ..job.options.clone() };
    let text = serde_json::to_string(&options).map_err(|error| TrainError::format(job.run, error.to_string()))?;
    let mut examples = blake3::Hasher::new();
    for set in [job.examples, job.dev] {
        examples.update(&(set.len() as u64).to_le_bytes());
        for example in set {
            add(&mut examples, example);
        }
    }
    let mut weights = blake3::Hasher::new();
    let config = job.checkpoint.folder().join(layout::CONFIG);
    for path in std::iter::once(&config).chain(job.checkpoint.files()) {
        let file = std::fs::File::open(path).map_err(TrainError::file(path))?;
        weights.update_reader(file).map_err(TrainError::file(path))?;
    }
    Ok(Fingerprint {
        options: blake3::hash(text.as_bytes()).to_hex().to_string(),
        examples: examples.finalize().to_hex().to_string(),
        weights: weights.finalize().to_hex().to_string(),
    })
}

fn add(hasher: &mut blake3::Hasher, example: &Example) {
    for tokens in [&example.prompt, &example.completion] {
        hasher.update(&(tokens.len() as u64).to_le_bytes());
        for token in tokens {
            hasher.update(&token.to_le_bytes());
        }
    }
    hasher.update(&example.weight.to_le_bytes());
}

/// Refuses to go on with something else.
pub(super) fn compare(saved: &Fingerprint, wanted: &Fingerprint, run: &Path) -> Result<(), TrainError> {
    let parts = [
        ("options", &saved.options, &wanted.options),
        ("examples", &saved.examples, &wanted.examples),
        ("weights", &saved.weights, &wanted.weights),
    ];
    let differing =
        parts.iter().filter(|(_, saved, wanted)| saved != wanted).map(|(what, ..)| *what).collect::<Vec<_>>();
    if differing.is_empty() {
        return Ok(());
    }
    Err(TrainError::OtherRun { path: run.into(), what: differing.join(" and ") })
}
