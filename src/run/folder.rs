//! The run folder, opened as a capability: no name in a dataset or sample can reach outside it.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};
use serde::{Deserialize, Serialize};

use super::{Row, verdicts::Rows};
use crate::{answer::Sanitize, judge::Options};

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
    /// How candidates are judged, and when they are searched for a program.
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
        sanitize: Sanitize,
    ) -> Self {
        let mut options = serde_json::to_value(options).unwrap_or_default();
        options["sanitize"] = serde_json::to_value(sanitize).unwrap_or_default();
        Self {
            format: 1,
            guest: tracewright_guest::DIGEST.to_owned(),
            dataset: dataset.name.clone(),
            dataset_digest: dataset.digest.clone(),
            samples_digest: samples_digest.to_owned(),
            shard: shard.map(|(index, count)| format!("{index}/{count}")),
            options,
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
        let folder = Self { directory, path: path.to_owned() };
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
                        folder.discard(name)?;
                    }
                    folder.discard_results()?;
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

    fn discard(&self, name: &str) -> Result<(), RunError> {
        match self.directory.remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.io("cannot remove", name, error)),
            _ => Ok(()),
        }
    }

    /// Result files are named after the samples: those of others would stay.
    fn discard_results(&self) -> Result<(), RunError> {
        let unreadable = |error| self.io("cannot read", "", error);
        for entry in self.directory.entries().map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
            if name.ends_with("_results.jsonl") || name.ends_with(".eval_results.json") {
                self.discard(&name)?;
            }
        }
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn io(&self, what: &'static str, name: &str, source: io::Error) -> RunError {
        RunError::Io { what, path: self.path.join(name), source }
    }

    /// Writes a whole file atomically.
    ///
    /// # Errors
    ///
    /// What the system said; a file of that name is then as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), RunError> {
        self.write_with(name, |out| Ok(out.write_all(bytes)?))
    }

    /// Writes a whole file atomically, piece by piece.
    pub(super) fn write_with(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
    ) -> Result<(), RunError> {
        let temporary = format!("{name}.partial");
        let write = || {
            let mut out = BufWriter::new(self.directory.create(&temporary)?);
            fill(&mut out)?;
            let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            Ok(self.directory.rename(&temporary, &self.directory, name)?)
        };
        write().map_err(|error| {
            let _ = self.directory.remove_file(&temporary);
            match error {
                WriteError::Out(cause) => RunError::Write { path: self.path.join(name), cause },
                WriteError::Run(error) => error,
            }
        })
    }

    /// The rows judged so far, by the index of their candidate in the input: from the finished file where there is one, else from the
    /// journal, whose last line is dropped if a kill cut it off.
    pub(super) fn rows(&self, order: &[(String, usize)]) -> Result<Rows, RunError> {
        let positions: HashMap<(&str, usize), usize> =
            order.iter().enumerate().map(|(index, (task, sample))| ((task.as_str(), *sample), index)).collect();
        let mut rows = Rows::new(order.len());
        for name in [JOURNAL, VERDICTS] {
            let file = match self.directory.open_with(name, OpenOptions::new().read(true).write(name == JOURNAL)) {
                Ok(file) => file.into_std(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(self.io("cannot read", name, error)),
            };
            let path = self.path.join(name);
            let unreadable = |error| self.io("cannot read", name, error);
            let mut reader = BufReader::new(file.try_clone().map_err(unreadable)?);
            let number = rows.add_file(file, &path, false);
            let (mut start, mut line, mut text) = (0, 0, Vec::new());
            loop {
                text.clear();
                let len = reader.read_until(b'\n', &mut text).map_err(unreadable)?;
                if text.pop() != Some(b'\n') {
                    if len > 0 && name == JOURNAL {
                        let cut = reader.get_ref().set_len(start);
                        cut.map_err(|error| self.io("cannot repair", JOURNAL, error))?;
                    }
                    break;
                }
                line += 1;
                if !text.is_empty() {
                    let bad = |message: String| RunError::Line { path: path.clone(), line, message };
                    let row: Row =
                        serde_json::from_slice(&text).map_err(|error| bad(format!("not a verdict: {error}")))?;
                    let position = positions.get(&(row.task_id.as_str(), row.sample));
                    let position = *position
                        .ok_or_else(|| bad(format!("the samples have no {} sample {}", row.task_id, row.sample)))?;
                    rows.place(position, number, start, text.len());
                }
                start += len as u64;
            }
        }
        Ok(rows)
    }

    /// Lets `rows` take further ones, in the journal.
    pub(super) fn open_journal(&self, rows: &mut Rows) -> Result<(), RunError> {
        let path = self.path.join(JOURNAL);
        let options = OpenOptions::new().create(true).append(true).read(true).clone();
        let file = self
            .directory
            .open_with(JOURNAL, &options)
            .map_err(|cause| RunError::Write { path: path.clone(), cause })?;
        rows.add_file(file.into_std(), &path, true);
        Ok(())
    }

    /// Removes the journal: the finished files are all written.
    pub(super) fn drop_journal(&self) -> Result<(), RunError> {
        match self.directory.remove_file(JOURNAL) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.io("cannot remove", JOURNAL, error)),
            _ => Ok(()),
        }
    }
}

/// Why a file was not written: the system refused, or what was to be written cannot be had.
#[derive(Debug)]
pub(super) enum WriteError {
    Out(io::Error),
    Run(RunError),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        Self::Out(error.into())
    }
}

impl From<RunError> for WriteError {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}
