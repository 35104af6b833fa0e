//! Weight files, there whole or not at all.

use std::{borrow::Cow, collections::HashMap, io, path::Path};

use burn::tensor::Tensor;
use safetensors::{SafeTensorError, View, tensor::Dtype};

use super::{TrainError, weights};
use crate::{
    files::{self, NewFile},
    model::elements,
};

/// A tensor on its way into a file: encoded when its turn comes, so that only one is in memory twice.
pub(super) struct Encoded<'a> {
    pub(super) tensor: Cow<'a, Tensor<2>>,
    pub(super) shape: Vec<usize>,
    pub(super) dtype: Dtype,
}

impl View for Encoded<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        // Made with one of the three types that can be encoded.
        Cow::Owned(elements::encode(&weights::elements(&self.tensor), self.dtype).unwrap_or_default())
    }

    fn data_len(&self) -> usize {
        self.shape.iter().product::<usize>() * self.dtype.bitsize() / 8
    }
}

/// Writes a safetensors file in place of what may be there.
pub(super) fn write_tensors<V: View>(
    path: &Path,
    tensors: Vec<(String, V)>,
    metadata: Option<HashMap<String, String>>,
) -> Result<(), TrainError> {
    let work = || {
        let new = NewFile::begin(path)?;
        safetensors::serialize_to_file(tensors, metadata, new.path()).map_err(|error| match error {
            SafeTensorError::IoError(error) => error,
            other => io::Error::other(other),
        })?;
        new.finish()
    };
    work().map_err(TrainError::file(path))
}

/// Writes bytes in place of what may be there.
pub(super) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    files::write(path, bytes).map_err(TrainError::file(path))
}
