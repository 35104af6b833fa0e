//! The run folder, opened as a capability: no name in a dataset or sample can reach outside it.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, File, OpenOptions},
};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::judge::Options;

const MANIFEST: &str = "manifest.json";
const JOURNAL: &str = "journal.jsonl";
pub(super) const VERDICTS: &str = "verdicts.jsonl";

/// What determines a run's verdicts. Two runs with equal manifests give equal files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the files' format.
    pub format: u32,
    /// Digest of the guest component.
    pub guest: String,
    /// The dataset's name.
    pub dataset: String,
    /// Digest of its files.
    pub dataset_digest: String,
    /// Digest of the samples.
    pub samples_digest: String,
    /// Which part of the tasks (`I/N`), where not all.
    pub shard: Option<String>,
    /// How candidates are judged.
    pub options: serde_json::Value,
}

impl Manifest {
    /// The manifest of a run.
    #[must_use]
    pub fn new(
        dataset: &crate::dataset::Dataset,
        samples_digest: &str,
        shard: Option<(usize, usize)>,
        options: &Options,
    ) -> Self {
        Self {
            format: 1,
            guest: tracewright_guest::DIGEST.to_owned(),
            dataset: dataset.name.clone(),
            dataset_digest: dataset.digest.clone(),
            samples_digest: samples_digest.to_owned(),
            shard: shard.map(|(index, count)| format!("{index}/{count}")),
            options: serde_json::to_value(options).unwrap_or_default(),
        }
    }

    fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("format", self.format == other.format),
            ("guest", self.guest == other.guest),
            ("dataset", self.dataset == other.dataset && self.dataset_digest == other.dataset_digest),
            ("samples", self.samples_digest == other.samples_digest),
            ("shard", self.shard == other.shard),
            ("options", self.options == other.options),
        ];
        pairs.iter().filter(|(_, equal)| !equal).map(|(name, _)| *name).collect()
    }
}

/// Why a run folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The system refused.
    #[error("{what} {path}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder cannot be used.
    #[error("{what} {path}: {cause}\nChoose another --out, or see to it that this one can be made and written to")]
    Folder {
        /// What was tried.
        what: &'static str,
        /// The folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A result could not be written.
    #[error(
        "cannot write {path}: {cause}\nWhat was judged so far is kept: {}, then run the same command again to go on",
        remedy(cause)
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// It holds something else.
    #[error(
        "{path} holds the verdicts of another run (different {differs}): choose another --out, or pass --overwrite to discard them"
    )]
    Other {
        /// The folder.
        path: PathBuf,
        /// What differs.
        differs: String,
    },
    /// A line that is not what it should be.
    #[error(
        "{path}:{line}: {message}: remove the line to judge its candidate again, or pass --overwrite to start over"
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A fault of the sandbox before anything was judged.
    #[error(transparent)]
    Fault(#[from] crate::sandbox::Fault),
}

impl RunError {
    /// Whether the user's input is at fault rather than the machine.
    #[must_use]
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Other { .. } | Self::Line { .. })
    }
}

fn remedy(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "free some space",
        _ => "see to it that the folder can be written to",
    }
}

/// A folder for the files of one run.
#[derive(Debug)]
pub struct RunFolder {
    directory: Dir,
    path: PathBuf,
    journal: Option<File>,
}

impl RunFolder {
    /// Opens or makes the folder at `path` for the run of `manifest`, to begin or to go on with. With `overwrite`, what another run
    /// left there is discarded.
    ///
    /// # Errors
    ///
    /// [`RunError::Other`] where it belongs to another run, or what the system said.
    pub fn open(path: &Path, manifest: &Manifest, overwrite: bool) -> Result<Self, RunError> {
        let fail = |what: &'static str| move |cause| RunError::Folder { what, path: path.to_owned(), cause };
        std::fs::create_dir_all(path).map_err(fail("cannot make the run folder"))?;
        let directory = Dir::open_ambient_dir(path, ambient_authority()).map_err(fail("cannot open the run folder"))?;
        let folder = Self { directory, path: path.to_owned(), journal: None };
        let mut fresh = true;
        match folder.directory.read_to_string(MANIFEST) {
            Ok(text) => {
                let differs = match serde_json::from_str::<Manifest>(&text) {
                    Ok(old) => old.differences(manifest).join(", "),
                    Err(_) => "format".to_owned(),
                };
                fresh = overwrite || differs.is_empty();
                if !fresh {
                    return Err(RunError::Other { path: path.to_owned(), differs });
                }
                if overwrite {
                    for name in [JOURNAL, VERDICTS, MANIFEST] {
                        match folder.directory.remove_file(name) {
                            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                                return Err(folder.io("cannot remove", name, error));
                            }
                            _ => {}
                        }
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(folder.io("cannot read", MANIFEST, error)),
        }
        debug_assert!(fresh);
        let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
        text.push('\n');
        folder.write(MANIFEST, text.as_bytes())?;
        Ok(folder)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn io(&self, what: &'static str, name: &str, source: io::Error) -> RunError {
        RunError::Io { what, path: self.path.join(name), source }
    }

    fn unwritten(&self, name: &str, cause: io::Error) -> RunError {
        RunError::Write { path: self.path.join(name), cause }
    }

    /// Writes a whole file atomically.
    ///
    /// # Errors
    ///
    /// What the system said; a file of that name is then as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), RunError> {
        let temporary = format!("{name}.partial");
        let write = || {
            let mut file = self.directory.create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            self.directory.rename(&temporary, &self.directory, name)
        };
        write().map_err(|error| {
            let _ = self.directory.remove_file(&temporary);
            self.unwritten(name, error)
        })
    }

    /// The rows judged so far, by the index of their candidate in the input: from the finished file where there is one, else from the
    /// journal, whose last line is dropped if a kill cut it off.
    pub(super) fn rows(&self, order: &[(String, usize)]) -> Result<BTreeMap<usize, Row>, RunError> {
        let positions: std::collections::HashMap<(&str, usize), usize> =
            order.iter().enumerate().map(|(index, (task, sample))| ((task.as_str(), *sample), index)).collect();
        let mut rows = BTreeMap::new();
        for name in [JOURNAL, VERDICTS] {
            let mut bytes = Vec::new();
            match self.directory.open(name).and_then(|mut file| file.read_to_end(&mut bytes)) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(self.io("cannot read", name, error)),
            }
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            for (index, line) in bytes[..whole].split(|byte| *byte == b'\n').enumerate() {
                if line.is_empty() {
                    continue;
                }
                let bad = |message: String| RunError::Line { path: self.path.join(name), line: index + 1, message };
                let row: Row = serde_json::from_slice(line).map_err(|error| bad(format!("not a verdict: {error}")))?;
                let position = positions.get(&(row.task_id.as_str(), row.sample));
                let position = *position
                    .ok_or_else(|| bad(format!("the samples have no {} sample {}", row.task_id, row.sample)))?;
                rows.insert(position, row);
            }
            if name == JOURNAL && whole < bytes.len() {
                let cut = OpenOptions::new().write(true).clone();
                self.directory
                    .open_with(JOURNAL, &cut)
                    .and_then(|file| file.set_len(whole as u64))
                    .map_err(|error| self.io("cannot repair", JOURNAL, error))?;
            }
        }
        Ok(rows)
    }

    /// Appends a row to the journal; once this returns, a kill does not lose it.
    pub(super) fn append(&mut self, row: &Row) -> Result<(), RunError> {
        let mut line = serde_json::to_vec(row).unwrap_or_default();
        line.push(b'\n');
        if self.journal.is_none() {
            let mut options = OpenOptions::new();
            options.create(true).append(true);
            let file = self.directory.open_with(JOURNAL, &options).map_err(|error| self.unwritten(JOURNAL, error))?;
            self.journal = Some(file);
        }
        let Some(file) = &mut self.journal else { return Ok(()) };
        let end = file.seek(SeekFrom::End(0));
        if let Err(error) = file.write_all(&line) {
            // A full disk may have taken half the line: give it back, so that the journal stays whole.
            if let Ok(end) = end {
                let _ = file.set_len(end);
            }
            return Err(self.unwritten(JOURNAL, error));
        }
        Ok(())
    }

    /// Writes the finished verdicts and drops the journal.
    pub(super) fn finish(&mut self, rows: &[Row]) -> Result<(), RunError> {
        let mut bytes = Vec::new();
        for row in rows {
            serde_json::to_writer(&mut bytes, row).unwrap_or_default();
            bytes.push(b'\n');
        }
        self.write(VERDICTS, &bytes)?;
        self.journal = None;
        match self.directory.remove_file(JOURNAL) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.io("cannot remove", JOURNAL, error)),
            _ => Ok(()),
        }
    }
}
