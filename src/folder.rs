//! Folders of finished files: each is there whole or not at all, and none is lost by accident.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Why files could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The file is there already.
    #[error("{path} is there already: choose another --out, or pass --overwrite to replace it")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A folder to write to.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`, made where it is not there, for files of these names; others in it are let be.
    ///
    /// # Errors
    ///
    /// One of the files is there and `overwrite` is not set, or the folder cannot be made.
    pub fn create(path: &Path, names: &[&str], overwrite: bool) -> Result<Self, FolderError> {
        fs::create_dir_all(path).map_err(|source| FolderError::Io { path: path.to_owned(), source })?;
        match names.iter().map(|name| path.join(name)).find(|file| file.exists()) {
            Some(path) if !overwrite => Err(FolderError::Exists { path }),
            _ => Ok(Self(path.to_owned())),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file through a temporary one and returns the BLAKE3 digest of its content in hexadecimal.
    ///
    /// # Errors
    ///
    /// What the system said; a file of that name is then as it was.
    pub fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<String, FolderError> {
        let path = self.0.join(name);
        let write = || {
            let mut builder = tempfile::Builder::new();
            // As the user's mask has it, and not for the owner alone.
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            let file = builder.tempfile_in(&self.0)?;
            let mut out = Hashing { out: BufWriter::new(file), hasher: blake3::Hasher::new() };
            fill(&mut out)?;
            let file = out.out.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            Ok(out.hasher.finalize().to_hex().to_string())
        };
        write().map_err(|source| FolderError::Io { path: path.clone(), source })
    }

    /// Writes `rows` as JSON lines, and returns the file's digest.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn write_lines<T: serde::Serialize>(
        &self,
        name: &str,
        rows: impl IntoIterator<Item = T>,
    ) -> Result<String, FolderError> {
        self.write(name, |out| {
            rows.into_iter().try_for_each(|row| {
                serde_json::to_writer(&mut *out, &row)?;
                out.write_all(b"\n")
            })
        })
    }

    /// Writes `value` as one JSON object for people to read.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn write_json(&self, name: &str, value: &impl serde::Serialize) -> Result<String, FolderError> {
        self.write(name, |out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            out.write_all(b"\n")
        })
    }
}

struct Hashing<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
