//! The one way in which a file comes to be: whole, or not at all.
//!
//! A file is written under a name of its own beside its place (`.partial-...`) and renamed when it is whole. Whoever looks sees what was there
//! before or what is there now. [`sweep`](super::sweep) removes what a kill left of unfinished ones.
//!
//! The policy of fsync, for the whole program:
//!
//! | what | policy |
//! |---|---|
//! | a file that is replaced | its bytes are on the disk before it has its name; the name itself is left to the system. A loss of power leaves the old file or the new one |
//! | a folder that is filled | the same of each file in it |
//! | a line that is appended ([`crate::journal`]) | handed to the system in one write. A kill loses nothing that was appended; a loss of power may lose the last lines and tear one, which the next run cuts off |
//! | a file of the cache | nothing is waited for: whoever reads it checks its digest |

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use cap_std::fs::Dir;
use tempfile::NamedTempFile;

/// The beginning of the names of files and folders that are not finished yet.
pub(super) const PARTIAL: &str = ".partial-";

/// The folder that `path` is in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that gets its name once it is whole. Dropped before, it leaves nothing.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    temporary: NamedTempFile,
}

impl NewFile {
    /// Begins the file `path` on the same file system, with the permissions that the user's mask leaves. What is there stays until the end.
    ///
    /// # Errors
    ///
    /// The system's error.
    pub fn begin(path: &Path) -> io::Result<Self> {
        Self::named(parent(path), path, tempfile::Builder::new().prefix(PARTIAL))
    }

    /// Begins the file `path` under a fixed name, which a kill cannot make pile up. The caller holds the folder's [`Lock`](super::Lock).
    ///
    /// # Errors
    ///
    /// The system's error.
    pub fn begin_alone(path: &Path) -> io::Result<Self> {
        Self::begin_in(parent(path), path)
    }

    /// Begins the file `path` in another `folder` of the same file system, where it stays until it is whole.
    ///
    /// # Errors
    ///
    /// The system's error.
    pub fn begin_in(folder: &Path, path: &Path) -> io::Result<Self> {
        let mut name = std::ffi::OsString::from(PARTIAL);
        name.push(path.file_name().unwrap_or_default());
        match fs::remove_file(folder.join(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Self::named(folder, path, tempfile::Builder::new().prefix(&name).rand_bytes(0)),
        }
    }

    fn named(folder: &Path, path: &Path, builder: &mut tempfile::Builder<'_, '_>) -> io::Result<Self> {
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder).map_err(plain)?;
        Ok(Self { path: path.to_owned(), temporary })
    }

    /// The path to write to, for those who open it themselves.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// The open file.
    #[must_use]
    pub fn file(&self) -> &File {
        self.temporary.as_file()
    }

    /// Waits for the disk and gives the file its name.
    ///
    /// # Errors
    ///
    /// The system's error; a file of that name is then as it was.
    pub fn finish(self) -> io::Result<()> {
        // It may have been written through another handle or replaced: the name is what counts.
        sync(self.temporary.path())?;
        self.temporary.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Waits until a file is on the disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Writes the file `path` in place of what may be there.
///
/// # Errors
///
/// The error of the system or of `fill`; a file of that name is then as it was.
pub fn replace<E: From<io::Error>>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    let new = NewFile::begin(path)?;
    let mut out = BufWriter::new(new.file());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(new.finish()?)
}

/// Writes bytes as the file `path`, in place of what may be there.
///
/// # Errors
///
/// The errors of [`replace`].
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, |out| out.write_all(bytes))
}

/// Writes bytes to where a user points: through a link, and to a device or a pipe as it is.
///
/// # Errors
///
/// The errors of [`replace`].
pub fn write_to(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() { fs::write(path, bytes) } else { write(path, bytes) }
}

/// Writes a file of the cache: for this user alone, without waiting for the disk. Whoever reads it must find out whether it is whole.
///
/// # Errors
///
/// The errors of [`replace`].
pub fn write_cached(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(parent(path)).map_err(plain)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Writes the file `name` of an open folder, which no name leads out of. The caller holds the folder's [`Lock`](super::Lock).
///
/// # Errors
///
/// The errors of [`replace`].
pub fn replace_in<E: From<io::Error>>(
    folder: &Dir,
    name: &str,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let temporary = format!("{PARTIAL}{name}");
    let write = || {
        let mut out = BufWriter::new(folder.create(&temporary)?);
        fill(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(folder.rename(&temporary, folder, name)?)
    };
    write().inspect_err(|_: &E| {
        let _ = folder.remove_file(&temporary);
    })
}

/// The system's error about a temporary file, without the file's name, which says nothing to anybody.
pub(super) fn plain(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((said, _)) => io::Error::new(error.kind(), said.to_owned()),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        write(&path, b"old").unwrap();
        let broken = |out: &mut dyn Write| out.write_all(b"ne").and(Err(io::Error::other("no more")));
        replace(&path, broken).unwrap_err();
        let dir = Dir::open_ambient_dir(folder.path(), cap_std::ambient_authority()).unwrap();
        replace_in(&dir, "out", broken).unwrap_err();
        drop(NewFile::begin_alone(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left");
        // What a kill left is no obstacle.
        write(&folder.path().join(".partial-out"), b"ne").unwrap();
        let new = NewFile::begin_alone(&path).unwrap();
        new.file().write_all(b"new").unwrap();
        new.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        replace_in(&dir, "out", |out| out.write_all(b"newer")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"newer");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_error_names_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("none/out"), b"").unwrap_err();
        assert!(error.kind() == io::ErrorKind::NotFound && !error.to_string().contains("partial"), "{error}");
    }
}
