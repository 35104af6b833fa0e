//! Folders of finished files: each is there whole or not at all, and none is lost by accident.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::replace::{PARTIAL, parent, plain, replace, sync};
use crate::blame::Blame;

/// The reason why files could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The file is there already.
    #[error("{path} is there already: choose another --out, or pass --overwrite to replace it")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The folder is there already.
    #[error("{path}: it exists already and is not overwritten; name another folder")]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl Blame for FolderError {
    fn is_input(&self) -> bool {
        match self {
            Self::Exists { .. } | Self::Taken { .. } => true,
            Self::Io { source, .. } => is_input(source),
        }
    }
}

/// Whether the path is at fault, and not the machine (a full disk).
#[must_use]
pub fn is_input(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::InvalidData
    )
}

/// The beginning of the names under which `safetensors` writes files before they have their own.
const SAFETENSORS: &str = ".tmp";

/// Removes what kills left of unfinished files and folders in `folder` and below. Nobody else may be writing there.
///
/// # Errors
///
/// The system's error.
pub fn sweep(folder: &Path) -> Result<(), FolderError> {
    let work = || {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let name = entry.file_name();
            let name = name.to_string_lossy();
            match (name.starts_with(PARTIAL) || name.starts_with(SAFETENSORS), kind.is_dir()) {
                (true, true) => fs::remove_dir_all(path)?,
                (true, false) => fs::remove_file(path)?,
                (false, true) => sweep(&path).map_err(io::Error::other)?,
                (false, false) => {}
            }
        }
        Ok(())
    };
    work().map_err(|source| FolderError::Io { path: folder.to_owned(), source })
}

/// A folder that gets its name once it is filled.
#[derive(Debug)]
pub struct NewFolder<'a> {
    path: &'a Path,
    temporary: tempfile::TempDir,
}

impl<'a> NewFolder<'a> {
    /// Begins the folder `path`, which must not be there.
    ///
    /// # Errors
    ///
    /// [`FolderError::Taken`], or what the system said.
    pub fn begin(path: &'a Path) -> Result<Self, FolderError> {
        if path.exists() {
            return Err(FolderError::Taken { path: path.to_owned() });
        }
        let work = || {
            fs::create_dir_all(parent(path))?;
            tempfile::Builder::new().prefix(PARTIAL).tempdir_in(parent(path)).map_err(plain)
        };
        let temporary = work().map_err(|source| FolderError::Io { path: path.to_owned(), source })?;
        Ok(Self { path, temporary })
    }

    /// The path to write to.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Waits until all files in it are on the disk, and gives the folder its name.
    ///
    /// # Errors
    ///
    /// The system's error.
    pub fn finish(self) -> Result<(), FolderError> {
        let work = || {
            sync_all(self.temporary.path())?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                // Temporary folders are private; results are like other folders.
                fs::set_permissions(self.temporary.path(), fs::Permissions::from_mode(0o755))?;
            }
            fs::rename(self.temporary.keep(), self.path)
        };
        work().map_err(|source| FolderError::Io { path: self.path.to_owned(), source })
    }
}

/// Waits until the files in `folder` and below are on the disk. Those that may not be written to were copied as they are: the system has them.
fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_all(&entry.path())?;
        } else {
            match sync(&entry.path()) {
                Err(error) if error.kind() != io::ErrorKind::PermissionDenied => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
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

    /// The folder's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file through a temporary one and returns the BLAKE3 digest of its content in hexadecimal.
    ///
    /// # Errors
    ///
    /// The system's error; a file of that name is then as it was.
    pub fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<String, FolderError> {
        let path = self.0.join(name);
        let mut hasher = blake3::Hasher::new();
        let write = |out: &mut dyn Write| fill(&mut Hashing { out, hasher: &mut hasher });
        replace(&path, write).map_err(|source| FolderError::Io { path: path.clone(), source })?;
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// Writes `rows` as JSON lines, and returns the file's digest.
    ///
    /// # Errors
    ///
    /// The errors of [`Self::write`].
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
    /// The errors of [`Self::write`].
    pub fn write_json(&self, name: &str, value: &impl serde::Serialize) -> Result<String, FolderError> {
        self.write(name, |out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            out.write_all(b"\n")
        })
    }
}

struct Hashing<'a> {
    out: &'a mut dyn Write,
    hasher: &'a mut blake3::Hasher,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Moves a folder of the cache to its place, unless what another process put there is sound.
///
/// # Errors
///
/// The system's error.
pub fn put_cached(unpacked: &Path, target: &Path, is_sound: impl Fn(&Path) -> bool) -> io::Result<()> {
    match fs::rename(unpacked, target) {
        Err(_) if is_sound(target) => Ok(()),
        // What is there is of no use: somebody emptied or changed it, or the disk lost it.
        Err(_) if target.exists() => fs::remove_dir_all(target).and_then(|()| fs::rename(unpacked, target)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_sound_is_replaced_and_a_sound_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::create_dir_all(target.join("onnxruntime/bin")).unwrap();
        let library = |package: &Path| fs::read_to_string(package.join("library")).ok();
        for (name, expected) in [("first", "first"), ("second", "first")] {
            let unpacked = folder.path().join(name);
            fs::create_dir(&unpacked).unwrap();
            fs::write(unpacked.join("library"), name).unwrap();
            put_cached(&unpacked, &target, |target| library(target).is_some()).unwrap();
            assert_eq!(library(&target).unwrap(), expected);
        }
    }
}
