//! `fetch.lock.json`: what was fetched, and from which commit.
//!
//! Written beside the data after each file. From then on the commit and the hashes in it are what is fetched and checked, so a folder can be
//! rebuilt elsewhere from its lock file alone, or the build fails.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::error::{FetchError, io};
use crate::files::NewFile;

/// The lock file's name.
pub const LOCK_FILE: &str = "fetch.lock.json";

const VERSION: u32 = 1;

/// The lock file of a folder.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Lock {
    version: u32,
    /// The entries of datasets and models, by their names.
    pub(super) datasets: BTreeMap<String, Entry>,
    #[serde(skip)]
    path: PathBuf,
}

/// The entry of one dataset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Entry {
    /// `hub:owner/name`, of a model `hub:models/owner/name`, or `github:owner/name`.
    pub(super) origin: String,
    /// The commit it is from.
    pub(super) commit: String,
    /// The files as published, by their paths in the repository.
    pub(super) published: BTreeMap<String, Seal>,
    /// The files in the data directory, by their paths in it.
    pub(super) files: BTreeMap<String, Seal>,
}

/// The seal of a file: what identifies its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Seal {
    pub(super) sha256: String,
    pub(super) size: u64,
}

/// The commit of `name` that the lock file of `folder` holds, where it holds one.
///
/// # Errors
///
/// The lock file cannot be read.
pub fn locked(folder: &Path, name: &str) -> Result<Option<String>, FetchError> {
    Ok(Lock::read(folder)?.datasets.remove(name).map(|entry| entry.commit))
}

impl Lock {
    /// Reads the lock file of `folder`; an empty one where there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, FetchError> {
        let path = folder.join(LOCK_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self { version: VERSION, datasets: BTreeMap::new(), path });
            }
            Err(error) => return Err(io("cannot read", &path)(error)),
        };
        let mut lock: Self = serde_json::from_str(&text)
            .map_err(|error| FetchError::Lock { path: path.clone(), why: error.to_string() })?;
        if lock.version != VERSION {
            return Err(FetchError::Lock { path, why: format!("it is of version {}, not {VERSION}", lock.version) });
        }
        lock.path = path;
        Ok(lock)
    }

    /// The path of the lock file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it, whole or not at all.
    pub(super) fn write(&self) -> Result<(), FetchError> {
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|error| FetchError::Lock { path: self.path.clone(), why: error.to_string() })?;
        text.push('\n');
        // One process at a time fetches into a folder.
        let write = || -> std::io::Result<()> {
            let new = NewFile::begin_alone(&self.path)?;
            new.file().write_all(text.as_bytes())?;
            new.finish()
        };
        write().map_err(io("cannot write", &self.path))
    }
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_the_lock() {
        crate::schema::written::<super::Lock>("fetch-lock");
    }
}
