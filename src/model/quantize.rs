//! Weight-only quantisation to 8 bits, in the layout of ONNX Runtime's `MatMulNBits`: symmetric, a scale for each 32 values of a row.
//!
//! A value `x` becomes `round(x / s) + 128` with `s` the largest magnitude of its block divided by 127. All products are quantised,
//! the output layer too; embedding, norms and biases stay as they are.
//!
//! ONNX Runtime is told to multiply in 8-bit integers (`accuracy_level` 4), so it also rounds the other operand, the activations, to 8
//! bits by blocks as it goes: part of the loss is not in the weights.
//!
//! The result is a safetensors file in the cache, named by the digest of the weights it was made from.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use serde_json::{Map, json};

use super::{
    ModelError,
    checkpoint::{Checkpoint, TensorLocation, Tensors, read_header},
};
use crate::files::NewFile;

/// A part of the cache's key: it is to be raised when the format changes, or what is checked on the way to it.
const FORMAT: &[u8] = b"tracewright 8-bit weights, 2";

/// The number of values of one block of quantised weights that share a scale.
pub(super) const QUANT_BLOCK: usize = 32;

/// The names of the codes and the scales of a weight.
pub(super) fn names(weight: &str) -> (String, String) {
    (format!("{weight}.codes"), format!("{weight}.scales"))
}

/// The quantised weights of `checkpoint`, made now unless the cache has them.
pub(super) fn quantised(
    checkpoint: &Checkpoint,
    cache: &Path,
    report: &mut dyn FnMut(&str),
) -> Result<Tensors, ModelError> {
    let folder = cache.join("weights");
    let path = folder.join(format!("{}.safetensors", key(checkpoint)?));
    if path.exists() {
        match read_header(&path) {
            Ok(tensors) => return Ok(tensors.into_iter().collect()),
            // Incomplete, though renamed only when complete: the disk lost something. Made again.
            Err(ModelError::Weights { .. }) => fs::remove_file(&path).map_err(ModelError::file(&path))?,
            Err(error) => return Err(error),
        }
    }
    report("quantising the weights to 8 bits (once for each checkpoint)");
    fs::create_dir_all(&folder).map_err(ModelError::file(&folder))?;
    let new = NewFile::begin(&path).map_err(ModelError::file(&folder))?;
    write(checkpoint, new.file())?;
    new.finish().map_err(ModelError::file(&path))?;
    Ok(read_header(&path)?.into_iter().collect())
}

/// The weights of products, by name.
fn products(checkpoint: &Checkpoint) -> impl Iterator<Item = (&str, &TensorLocation)> {
    let tied = checkpoint.config().tied;
    checkpoint.tensors().iter().map(|(name, tensor)| (name.as_str(), tensor)).filter(move |(name, tensor)| {
        let output = if tied { "model.embed_tokens.weight" } else { "lm_head.weight" };
        tensor.shape.len() == 2 && (name.starts_with("model.layers.") || *name == output)
    })
}

fn key(checkpoint: &Checkpoint) -> Result<String, ModelError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(FORMAT);
    hasher.update(&[u8::from(checkpoint.config().tied)]);
    for file in checkpoint.files() {
        let content = File::open(file).map_err(ModelError::file(file))?;
        hasher.update_reader(content).map_err(ModelError::file(file))?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn write(checkpoint: &Checkpoint, file: &File) -> Result<(), ModelError> {
    let written = |error| ModelError::File { path: "8-bit weights in the cache".into(), source: error };
    let mut header = Map::new();
    let mut offset = 0;
    for (name, tensor) in products(checkpoint) {
        let (rows, blocks) = (tensor.shape[0], tensor.shape[1].div_ceil(QUANT_BLOCK));
        let (codes, scales) = names(name);
        let mut add = |name: String, dtype: &str, shape: &[usize], bytes: usize| {
            header.insert(name, json!({"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + bytes]}));
            offset += bytes;
        };
        // Scales first: each tensor then begins at a multiple of four bytes.
        add(scales, "F32", &[rows, blocks], rows * blocks * 4);
        add(codes, "U8", &[rows, blocks, QUANT_BLOCK], rows * blocks * QUANT_BLOCK);
    }
    let mut header = serde_json::Value::Object(header).to_string();
    header.extend(std::iter::repeat_n(' ', header.len().next_multiple_of(8) - header.len()));
    let mut out = BufWriter::new(file);
    out.write_all(&(header.len() as u64).to_le_bytes())
        .and_then(|()| out.write_all(header.as_bytes()))
        .map_err(written)?;
    for (name, tensor) in products(checkpoint) {
        let values = tensor.decode(&tensor.read()?)?;
        // Codes have no NaN: broken weights would look like sound ones.
        if !values.iter().all(|value| value.is_finite()) {
            let problem = format!("tensor {name} holds NaN or infinity, which 8 bits cannot hold");
            return Err(ModelError::Weights { path: tensor.file.clone(), problem });
        }
        let (scales, codes) = quantise(&values, tensor.shape[1]);
        out.write_all(&scales).and_then(|()| out.write_all(&codes)).map_err(written)?;
    }
    out.flush().map_err(written)
}

/// The scales, as bytes, and the codes of a matrix with rows of `columns` values.
fn quantise(values: &[f32], columns: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut scales, mut codes) = (vec![], vec![]);
    for block in values.chunks(columns).flat_map(|row| row.chunks(QUANT_BLOCK)) {
        let largest = block.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        scales.extend(scale.to_le_bytes());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 255 by construction")]
        codes.extend(block.iter().map(|value| ((value / scale).round_ties_even().clamp(-127.0, 127.0) + 128.0) as u8));
        codes.extend(std::iter::repeat_n(128, QUANT_BLOCK - block.len()));
    }
    (scales, codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_reproduce_the_values_to_half_a_step() {
        let values = (0..70).map(|i| f32::from(i8::try_from(i).unwrap()) * 0.37 - 9.0).collect::<Vec<_>>();
        let (scales, codes) = quantise(&values, 35);
        assert_eq!((scales.len(), codes.len()), (4 * 4, 4 * QUANT_BLOCK));
        let scales = scales.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect::<Vec<_>>();
        for (row, values) in values.chunks(35).enumerate() {
            for (column, value) in values.iter().enumerate() {
                let block = row * 2 + column / QUANT_BLOCK;
                let code = codes[block * QUANT_BLOCK + column % QUANT_BLOCK];
                let back = (f32::from(code) - 128.0) * scales[block];
                assert!((back - value).abs() <= scales[block] * 0.501, "{value} became {back}");
            }
        }
        assert_eq!(codes[35..64], [128; 29]);
    }
}
