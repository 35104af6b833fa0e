//! Weights with low-rank products added, as a file: one tensor after another, so that no more than one is in memory.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{BufWriter, Write},
    path::Path,
};

use serde_json::{Map, Value, json};

use super::{super::ModelError, TensorLocation, elements, weights::Tensors};
use crate::files::NewFile;

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
    // Each begins at a multiple of its elements' size.
    let mut order: Vec<(&String, &TensorLocation)> = tensors.iter().collect();
    order.sort_by_key(|(name, tensor)| (Reverse(tensor.dtype.bitsize()), *name));
    let mut header = Map::new();
    header.insert("__metadata__".to_owned(), json!({"format": "pt"}));
    let mut offset = 0;
    for (name, tensor) in &order {
        let end = offset + tensor.length;
        let about = json!({"dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": [offset, end]});
        header.insert((*name).clone(), about);
        offset = end;
    }
    let mut header = Value::Object(header).to_string();
    header.extend(std::iter::repeat_n(' ', header.len().next_multiple_of(8) - header.len()));
    let new = NewFile::begin(path).map_err(ModelError::file(path))?;
    let mut out = BufWriter::new(new.file());
    let mut put = |bytes: &[u8]| out.write_all(bytes).map_err(ModelError::file(path));
    put(&(header.len() as u64).to_le_bytes())?;
    put(header.as_bytes())?;
    for (name, tensor) in order {
        let bytes = tensor.read()?;
        match products.get(name) {
            None => put(&bytes)?,
            Some(product) => put(&added(&bytes, tensor, product)?)?,
        }
    }
    out.flush().map_err(ModelError::file(path))?;
    drop(out);
    new.finish().map_err(ModelError::file(path))
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
