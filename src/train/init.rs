//! A checkpoint with random weights, to train from nothing.

use std::{borrow::Cow, fs, path::Path};

use burn::tensor::Device;
use safetensors::tensor::Dtype;

use super::{
    TrainError,
    files::{Encoded, write_bytes, write_tensors},
    weights::{Weights, matrix},
};
use crate::{
    files::{NewFolder, read_text},
    model::{ModelConfig, Norm, layout, names},
    random::Random,
};

/// The deviation of fresh weights where the configuration does not say.
const DEVIATION: f64 = 0.02;

/// Writes a checkpoint of the model that `config` (a `config.json`) describes to the new folder `out`, with fresh weights of 32 bits, and
/// a copy of `config` and `tokenizer`, the content of a `tokenizer.json`.
///
/// Matrices are normal with a deviation of the configuration's `initializer_range` (0.02), those that write to the residual stream (`o_proj`,
/// `down_proj`, `c_proj`) of that over the root of twice the number of blocks, as in GPT-2 (Radford et al., 2019); norms are 1 (0 where weights count from 1) and biases 0. The same seed gives the same bytes.
///
/// # Errors
///
/// The configuration is malformed or asks for what is not implemented, a file cannot be read or written, or `out` is there already.
pub fn init(config: &Path, tokenizer: &[u8], out: &Path, seed: u64) -> Result<(), TrainError> {
    let model = ModelConfig::open(config)?;
    if !names::fused(&model).is_empty() {
        let problem = "fresh checkpoints of this family, whose projections are fused, cannot be made: take another";
        return Err(TrainError::format(config, problem.to_owned()));
    }
    let new = NewFolder::begin(out)?;
    fs::copy(config, new.path().join(layout::CONFIG)).map_err(TrainError::file(config))?;
    let file = new.path().join(layout::TOKENIZER);
    write_bytes(&file, tokenizer)?;
    let weights = fresh(&model, deviation(config)?, seed);
    let tensors = names::slots(&model).filter_map(|slot| {
        let tensor = Cow::Borrowed(weights.get(&slot.name)?);
        let shape = slot.shape();
        Some((slot.name, Encoded { tensor, shape, dtype: Dtype::F32 }))
    });
    let format = [("format".to_owned(), "pt".to_owned())].into();
    write_tensors(&new.path().join(layout::WEIGHTS), tensors.collect(), Some(format))?;
    Ok(new.finish()?)
}

/// The deviation that the configuration names.
fn deviation(config: &Path) -> Result<f64, TrainError> {
    let text = read_text(config).map_err(TrainError::file(config))?;
    let fields: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| TrainError::format(config, error.to_string()))?;
    match &fields["initializer_range"] {
        serde_json::Value::Null => Ok(DEVIATION),
        value => value.as_f64().filter(|value| *value > 0.0 && *value < 10.0).ok_or_else(|| {
            TrainError::format(config, format!("`initializer_range` is {value}, but must be a small number above 0"))
        }),
    }
}

fn fresh(config: &ModelConfig, deviation: f64, seed: u64) -> Weights {
    #[expect(clippy::cast_precision_loss, reason = "few blocks")]
    let residual = deviation / (2.0 * config.layers as f64).sqrt();
    let mut weights = Weights::new();
    for slot in names::slots(config) {
        let count = slot.rows * slot.columns;
        let values = if slot.vector {
            let is_bias = slot.name.rsplit('.').next() == Some("bias");
            vec![if is_bias || config.norm == Norm::RmsFromOne { 0.0 } else { 1.0 }; count]
        } else {
            let writes =
                ["o_proj.weight", "down_proj.weight", "c_proj.weight"].iter().any(|name| slot.name.ends_with(name));
            Random::named(seed, &slot.name).normal(if writes { residual } else { deviation }, count)
        };
        weights.insert(slot.name, matrix(values, [slot.rows, slot.columns], &Device::flex()));
    }
    weights
}
