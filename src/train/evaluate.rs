//! Losses and logits of a checkpoint, with the decoder that trains.

use std::sync::Arc;

use burn::tensor::Device;

use super::{
    TrainError,
    decoder::{Decoder, Pass},
    example::{Example, rows, usable},
    gradient::Setting,
    ops::{Packed, Targets},
    options::Options,
    weights::{self, Weights},
};
use crate::model::Checkpoint;

/// The mean loss of a predicted token of the examples, by weight, in nats. Of `options`, `row` and `too_long` count.
///
/// # Errors
///
/// The weights cannot be read, an example cannot be used, or there is none.
pub fn evaluate(
    checkpoint: &Checkpoint,
    examples: &[Example],
    options: &Options,
    device: &Device,
) -> Result<f64, TrainError> {
    options.check()?;
    let (examples, _) = usable(examples, "dev", checkpoint.config(), options)?;
    if examples.is_empty() {
        return Err(TrainError::Example { set: "dev", index: 0, problem: "there are no examples".into() });
    }
    let weights = weights::read(checkpoint, device)?;
    let setting =
        Setting { config: checkpoint.config(), frozen: &Weights::new(), scale: None, device, checkpointing: false };
    let rows = rows(&examples, options.row, &checkpoint.config().rope);
    Ok(rows.iter().map(|pass| setting.loss(&weights, pass)).sum())
}

/// The logits after each of `tokens`: `tokens * vocabulary` values.
///
/// # Errors
///
/// The weights cannot be read, or a token is not in the vocabulary.
pub fn logits(checkpoint: &Checkpoint, tokens: &[u32], device: &Device) -> Result<Vec<f32>, TrainError> {
    let config = checkpoint.config();
    if let Some(token) = tokens.iter().find(|token| **token as usize >= config.vocabulary) {
        let problem = format!("token {token} is not among the {} of the vocabulary", config.vocabulary);
        return Err(TrainError::Example { set: "dev", index: 0, problem });
    }
    let weights = weights::read(checkpoint, device)?;
    let decoder = Decoder { config, weights: &weights, adapters: None, frozen: false, device };
    let pass = Pass {
        tokens: tokens.to_vec(),
        packed: Arc::new(Packed::new(&[tokens.len()], &config.rope)),
        wanted: (0..).take(tokens.len()).collect(),
        targets: Arc::new(Targets::default()),
    };
    Ok(weights::elements(&decoder.logits(&pass)))
}
