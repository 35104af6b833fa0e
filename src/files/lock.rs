//! Locks on what is being written: two processes cannot write one run.
//!
//! The lock is the operating system's, on a small file beside what it guards: it goes with its process, however that ends. The file names that
//! process and is removed in the end; one that a kill left is no lock. File systems without locks (some network ones, such as NFS without its
//! lock service) do not keep two processes apart: there nothing is locked.

use crate::blame::Blame;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// The reason why something cannot be locked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another process holds the lock.
    #[error("{path} is being written by another tracewright{}: wait until that has ended, or choose another --out", holder(process.as_deref()))]
    Held {
        /// The thing that is locked.
        path: PathBuf,
        /// The other process, where that is known.
        process: Option<String>,
    },
    /// The system refused.
    #[error("cannot lock {path}")]
    Io {
        /// The thing that was to be locked.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl Blame for LockError {
    fn is_input(&self) -> bool {
        matches!(self, Self::Held { .. })
    }
}

fn holder(process: Option<&str>) -> String {
    process.map_or_else(String::new, |process| format!(" (process {process})"))
}

/// A lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// The lock file, with its path; nothing where there is nothing to lock with.
    file: Option<(File, PathBuf)>,
}

impl Lock {
    /// Locks the folder `path`, which is there.
    ///
    /// # Errors
    ///
    /// [`LockError::Held`] at once where another process has it.
    pub fn folder(path: &Path) -> Result<Self, LockError> {
        Self::take(path, path.join(".lock"))
    }

    /// Locks the file `path`, whether it is there or not.
    ///
    /// # Errors
    ///
    /// [`LockError::Held`] at once where another process has it.
    pub fn file(path: &Path) -> Result<Self, LockError> {
        // Links to one file share its lock; devices and pipes have none.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if place.exists() && !place.is_file() {
            return Ok(Self { file: None });
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(place.file_name().unwrap_or_default());
        name.push(".lock");
        Self::take(path, place.with_file_name(name))
    }

    fn take(what: &Path, lock: PathBuf) -> Result<Self, LockError> {
        let failed = |source| LockError::Io { path: what.to_owned(), source };
        loop {
            // What somebody put there to be written through is not written through.
            if fs::symlink_metadata(&lock).is_ok_and(|there| !there.is_file()) {
                return Err(failed(io::Error::other(format!("{} is not a file: remove it", lock.display()))));
            }
            let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&lock);
            let mut file = match opened {
                Ok(file) => file,
                // Where no file can be made, none can be written: what is tried next says so.
                Err(error) if cannot_be_made(&error) => return Ok(Self { file: None }),
                Err(error) => return Err(failed(error)),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut process = String::new();
                    let _ = file.take(20).read_to_string(&mut process);
                    let process = Some(process.trim().to_owned()).filter(|process| !process.is_empty());
                    return Err(LockError::Held { path: what.to_owned(), process });
                }
                Err(TryLockError::Error(error)) if has_no_locks(&error) => {
                    let _ = fs::remove_file(&lock);
                    return Ok(Self { file: None });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // The one that had it may have removed the file in between: then this is a lock on nothing.
            if is_still_there(&file, &lock) {
                let named = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                // The name is for people only.
                drop(named);
                return Ok(Self { file: Some((file, lock)) });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((_, path)) = &self.file
            && cfg!(unix)
        {
            let _ = fs::remove_file(path);
        }
    }
}

fn cannot_be_made(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
    )
}

/// Whether the file system has no locks: `ENOLCK`, `ENOSYS`, `EOPNOTSUPP`.
fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported || cfg!(unix) && error.raw_os_error() == Some(37)
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().is_ok_and(|held| fs::symlink_metadata(path).is_ok_and(|named| same(&held, &named)))
}

#[cfg(not(unix))]
fn is_still_there(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::{Lock, LockError};

    #[test]
    fn one_at_a_time_and_nothing_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.jsonl");
        let first = Lock::file(&file).unwrap();
        assert!(
            matches!(Lock::file(&file), Err(LockError::Held { process: Some(process), .. }) if process == std::process::id().to_string())
        );
        let other = Lock::folder(folder.path()).unwrap();
        drop((first, other));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What a kill left is no lock.
        std::fs::write(folder.path().join(".lock"), "1").unwrap();
        drop(Lock::folder(folder.path()).unwrap());
    }

    #[test]
    fn many_at_once_have_it_one_after_another() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let (inside, got) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..300 {
                        let Ok(lock) = Lock::folder(folder.path()) else { continue };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two hold the lock");
                        got.fetch_add(1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(got.load(Ordering::SeqCst) > 0);
    }

    #[cfg(unix)]
    #[test]
    fn links_share_the_lock_and_devices_have_none() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let _held = Lock::file(&file).unwrap();
        assert!(Lock::file(&link).is_err());
        drop((Lock::file("/dev/null".as_ref()).unwrap(), Lock::file("/dev/null".as_ref()).unwrap()));
    }
}
