//! The state of a run, in one file: weights that learn and their moments, in 32 bits, and how far it is.

use std::{
    borrow::Cow,
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use burn::tensor::{Device, Tensor};
use safetensors::{SafeTensors, tensor::Dtype};
use serde::{Deserialize, Serialize};

use super::{
    TrainError,
    files::{Encoded, write_tensors},
    weights::{Weights, matrix},
};
use crate::{layout, model::elements::decode};

/// The best evaluation so far.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The step after which it was made.
    pub step: usize,
    /// The mean loss of a token of the dev examples, in nats.
    #[serde(with = "exactly")]
    pub loss: f64,
}

/// The fingerprint of a run: what it must have been begun with to be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    pub(super) options: String,
    pub(super) examples: String,
    pub(super) weights: String,
}

/// The progress of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Progressed {
    /// The fingerprint that it was begun with.
    pub(super) fingerprint: Fingerprint,
    /// The number of steps taken.
    pub(super) step: usize,
    /// The loss of the last one.
    #[serde(with = "exactly")]
    pub(super) loss: f64,
    /// The best evaluation.
    pub(super) best: Option<Best>,
    /// The number of evaluations since.
    pub(super) stale: usize,
    /// Whether no more steps will be taken.
    pub(super) finished: bool,
}

/// Numbers as text: JSON has no NaN, which the loss is before the first step.
mod exactly {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde calls")]
    pub(super) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&number.to_string())
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<f64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Weights that learn, with `AdamW`'s moments.
#[derive(Debug, Default)]
pub(super) struct Learned {
    pub(super) parameters: Weights,
    pub(super) first: Weights,
    pub(super) second: Weights,
}

const KINDS: [&str; 3] = ["parameter", "first_moment", "second_moment"];
/// One entry, because the order of several is not fixed.
const ENTRY: &str = "tracewright";

fn state_file(run: &Path) -> PathBuf {
    run.join(layout::STATE)
}

fn best_file(run: &Path) -> PathBuf {
    run.join(layout::BEST)
}

/// Saves the state in place of the last one.
pub(super) fn save(run: &Path, progressed: &Progressed, learned: &Learned) -> Result<(), TrainError> {
    let path = state_file(run);
    let maps = [&learned.parameters, &learned.first, &learned.second];
    let tensors = KINDS.iter().zip(maps).flat_map(|(kind, map)| views(kind, map)).collect();
    let text = serde_json::to_string(progressed).map_err(|error| TrainError::format(&path, error.to_string()))?;
    write_tensors(&path, tensors, Some(HashMap::from([(ENTRY.to_owned(), text)])))
}

/// Saves the best weights so far.
pub(super) fn save_best(run: &Path, parameters: &Weights) -> Result<(), TrainError> {
    write_tensors(&best_file(run), views(KINDS[0], parameters), None)
}

fn views<'a>(kind: &str, weights: &'a Weights) -> Vec<(String, Encoded<'a>)> {
    let view = |tensor: &'a Tensor<2>| Encoded {
        tensor: Cow::Borrowed(tensor),
        shape: tensor.dims().to_vec(),
        dtype: Dtype::F32,
    };
    weights.iter().map(|(name, tensor)| (format!("{kind}/{name}"), view(tensor))).collect()
}

/// The saved state, if there is one.
pub(super) fn load(run: &Path, device: &Device) -> Result<Option<(Progressed, Learned)>, TrainError> {
    let path = state_file(run);
    if !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(TrainError::file(&path))?;
    let wrong = |problem: String| TrainError::format(&path, format!("it is not the state of a run: {problem}"));
    let (_, metadata) = SafeTensors::read_metadata(&bytes).map_err(|error| wrong(error.to_string()))?;
    let text = metadata.metadata().as_ref().and_then(|entries| entries.get(ENTRY));
    let text = text.ok_or_else(|| wrong(format!("there is no entry {ENTRY}")))?;
    let progressed = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(|error| wrong(error.to_string()))?;
    let mut learned = Learned::default();
    let maps = [&mut learned.parameters, &mut learned.first, &mut learned.second];
    for (kind, map) in KINDS.iter().zip(maps) {
        *map = unpack(kind, &tensors, device).map_err(wrong)?;
    }
    Ok(Some((progressed, learned)))
}

/// The best weights.
pub(super) fn load_best(run: &Path, device: &Device) -> Result<Weights, TrainError> {
    let path = best_file(run);
    let bytes = fs::read(&path).map_err(TrainError::file(&path))?;
    let wrong = |problem: String| TrainError::format(&path, problem);
    let tensors = SafeTensors::deserialize(&bytes).map_err(|error| wrong(error.to_string()))?;
    unpack(KINDS[0], &tensors, device).map_err(wrong)
}

fn unpack(kind: &str, tensors: &SafeTensors<'_>, device: &Device) -> Result<Weights, String> {
    let mut weights = Weights::new();
    for (name, view) in tensors.iter() {
        let Some(name) = name.strip_prefix(kind).and_then(|name| name.strip_prefix('/')) else { continue };
        let (&[rows, columns], Some(values)) = (view.shape(), decode(view.data(), view.dtype())) else {
            return Err(format!("tensor {name} is no matrix of floats"));
        };
        weights.insert(name.to_owned(), matrix(values, [rows, columns], device));
    }
    Ok(weights)
}
