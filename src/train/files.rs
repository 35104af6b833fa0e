//! Weight files, there whole or not at all.

use std::{borrow::Cow, collections::HashMap, fs, io, path::Path};

use burn::tensor::Tensor;
use safetensors::{SafeTensorError, View, tensor::Dtype};
use tempfile::NamedTempFile;

use super::{TrainError, weights};
use crate::{files::beside, model::elements};

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
    replace(path, |temporary| {
        safetensors::serialize_to_file(tensors, metadata, temporary.path()).map_err(|error| match error {
            SafeTensorError::IoError(error) => error,
            other => io::Error::other(other),
        })
    })
}

/// Writes bytes in place of what may be there.
pub(super) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    replace(path, |temporary| fs::write(temporary.path(), bytes))
}

/// Writes beside `path`, waits for the disk, and renames.
fn replace(path: &Path, write: impl FnOnce(&NamedTempFile) -> io::Result<()>) -> Result<(), TrainError> {
    let work = || {
        let temporary = beside(path)?;
        write(&temporary)?;
        // The file may have been written through another handle or replaced: the name is what counts.
        fs::File::open(temporary.path())?.sync_all()?;
        temporary.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    work().map_err(TrainError::file(path))
}
