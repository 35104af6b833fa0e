//! Weights between safetensors files and tensors of 32 bits.

use std::collections::BTreeMap;

use burn::tensor::{Device, Tensor, TensorData};

use super::TrainError;
use crate::model::{Checkpoint, ModelConfig, names};

/// Tensors by Hugging Face's names; vectors are matrices of one row.
pub(super) type Weights = BTreeMap<String, Tensor<2>>;

/// The output layer's name: the embedding's, where they are one.
pub(super) fn head(config: &ModelConfig) -> &'static str {
    if config.tied { names::EMBEDDING } else { names::HEAD }
}

/// Reads all weights of a checkpoint.
pub(super) fn read(checkpoint: &Checkpoint, device: &Device) -> Result<Weights, TrainError> {
    let mut weights = Weights::new();
    for slot in names::slots(checkpoint.config()) {
        let location = checkpoint
            .tensor(&slot.name)
            .ok_or_else(|| TrainError::format(checkpoint.folder(), format!("tensor {} is missing", slot.name)))?;
        let values = location.decode(&location.read()?)?;
        weights.insert(slot.name.clone(), matrix(values, [slot.rows, slot.columns], device));
    }
    Ok(weights)
}

/// A tensor of 32 bits.
pub(super) fn matrix(values: Vec<f32>, shape: [usize; 2], device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values, shape), device)
}

/// The elements of a tensor.
pub(super) fn elements(tensor: &Tensor<2>) -> Vec<f32> {
    // The only kind of tensor that this module makes is of 32-bit floats, so that the conversion cannot fail.
    tensor.to_data().try_into_vec().unwrap_or_default()
}
