//! Weights between safetensors files and tensors of 32 bits.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use burn::tensor::{Device, Tensor, TensorData};
use half::{bf16, f16};
use safetensors::tensor::Dtype;

use super::TrainError;
use crate::model::{Checkpoint, ModelConfig, TensorLocation, names};

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
        let values = read_tensor(location)?;
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

fn read_tensor(location: &TensorLocation) -> Result<Vec<f32>, TrainError> {
    let failed = || TrainError::file(&location.file);
    let mut file = File::open(&location.file).map_err(failed())?;
    file.seek(SeekFrom::Start(location.offset)).map_err(failed())?;
    let mut bytes = vec![];
    file.take(location.length).read_to_end(&mut bytes).map_err(failed())?;
    if bytes.len() as u64 != location.length {
        return Err(TrainError::format(&location.file, "it was cut short while it was read"));
    }
    decode(&bytes, location.dtype)
        .ok_or_else(|| TrainError::format(&location.file, format!("type {:?} is not supported", location.dtype)))
}

/// Little-endian elements as 32-bit floats; nothing for types that are none of the three.
pub(super) fn decode(bytes: &[u8], dtype: Dtype) -> Option<Vec<f32>> {
    let (pairs, quads) = (bytes.as_chunks::<2>().0, bytes.as_chunks::<4>().0);
    match dtype {
        Dtype::F32 => Some(quads.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()),
        Dtype::F16 => Some(pairs.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32()).collect()),
        Dtype::BF16 => Some(pairs.iter().map(|bytes| bf16::from_le_bytes(*bytes).to_f32()).collect()),
        _ => None,
    }
}

/// Rounds to the nearest of the type, ties to even; nothing for types that are none of the three.
pub(super) fn encode(values: &[f32], dtype: Dtype) -> Option<Vec<u8>> {
    match dtype {
        Dtype::F32 => Some(values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        Dtype::F16 => Some(values.iter().flat_map(|value| f16::from_f32(*value).to_le_bytes()).collect()),
        Dtype::BF16 => Some(values.iter().flat_map(|value| bf16::from_f32(*value).to_le_bytes()).collect()),
        _ => None,
    }
}
