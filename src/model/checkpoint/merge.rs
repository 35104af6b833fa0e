//! Weights with low-rank products added, as a file.

use std::{collections::BTreeMap, path::Path};

use super::{super::ModelError, TensorLocation, elements, safetensors::write_tensors, weights::Tensors};

/// An addition to a weight: `b` times `a`, times a number.
#[derive(Debug)]
pub(super) struct LowRank {
    /// `[rank, columns]`.
    pub(super) a: TensorLocation,
    /// `[rows, rank]`.
    pub(super) b: TensorLocation,
    pub(super) scale: f32,
}

/// Writes `tensors`, with what `products` add to those of their names, each in its own type.
pub(super) fn write(tensors: &Tensors, products: &BTreeMap<String, LowRank>, path: &Path) -> Result<(), ModelError> {
    let shapes = tensors.iter().map(|(name, tensor)| (name.clone(), tensor.dtype, tensor.shape.clone())).collect();
    write_tensors(path, shapes, &mut |name| {
        let tensor = &tensors[name];
        let bytes = tensor.read()?;
        match products.get(name) {
            None => Ok(bytes),
            Some(product) => added(&bytes, tensor, product),
        }
    })
}

/// The bytes of a weight with its product added in 32 bits.
fn added(bytes: &[u8], weight: &TensorLocation, product: &LowRank) -> Result<Vec<u8>, ModelError> {
    let mut values = weight.decode(bytes)?;
    let (a, b) = (product.a.decode(&product.a.read()?)?, product.b.decode(&product.b.read()?)?);
    let (rank, columns) = (product.a.shape[0], product.a.shape[1]);
    let mut sum = vec![0.0_f32; columns];
    for (row, factors) in values.chunks_exact_mut(columns).zip(b.chunks_exact(rank)) {
        sum.fill(0.0);
        for (factor, line) in factors.iter().zip(a.chunks_exact(columns)) {
            for (sum, value) in sum.iter_mut().zip(line) {
                *sum += factor * value;
            }
        }
        for (value, sum) in row.iter_mut().zip(&sum) {
            *value += sum * product.scale;
        }
    }
    elements::encode(&values, weight.dtype).ok_or_else(|| weight.unsupported())
}
