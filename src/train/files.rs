//! Files that are there whole or not at all.

use std::{borrow::Cow, collections::HashMap, fs, io, path::Path};

use burn::tensor::Tensor;
use safetensors::{SafeTensorError, View, tensor::Dtype};
use tempfile::NamedTempFile;

use super::{TrainError, weights};

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
        Cow::Owned(weights::encode(&weights::elements(&self.tensor), self.dtype).unwrap_or_default())
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
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".partial-");
        // As the user's mask has it, and not for the owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        write(&temporary)?;
        // The file may have been written through another handle or replaced: the name is what counts.
        fs::File::open(temporary.path())?.sync_all()?;
        temporary.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    work().map_err(TrainError::file(path))
}

/// A folder beside `path`, and a way to give it that name once it is filled.
pub(super) struct NewFolder<'a> {
    path: &'a Path,
    temporary: tempfile::TempDir,
}

impl<'a> NewFolder<'a> {
    /// Begins a folder that must not exist yet.
    pub(super) fn begin(path: &'a Path) -> Result<Self, TrainError> {
        if path.exists() {
            return Err(TrainError::Exists { path: path.into() });
        }
        let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(TrainError::file(parent))?;
        let temporary =
            tempfile::Builder::new().prefix(".partial-").tempdir_in(parent).map_err(TrainError::file(path))?;
        Ok(Self { path, temporary })
    }

    /// Where to write.
    pub(super) fn folder(&self) -> &Path {
        self.temporary.path()
    }

    /// Gives the folder its name.
    pub(super) fn finish(self) -> Result<(), TrainError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Temporary folders are private; results are like other folders.
            let permissions = fs::Permissions::from_mode(0o755);
            fs::set_permissions(self.temporary.path(), permissions).map_err(TrainError::file(self.path))?;
        }
        let folder = self.temporary.keep();
        fs::rename(&folder, self.path).map_err(TrainError::file(self.path))
    }
}
