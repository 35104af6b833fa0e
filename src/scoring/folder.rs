//! The run folder, opened as a capability: no name in a dataset or sample can reach outside it.

use std::{
    collections::HashSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Manifest, Row,
    error::{RunError, WriteError},
    work::Work,
};
use crate::{
    files::{self, Lock},
    journal::{Found, Journal},
    layout::{DIFFERENCES, EVALPLUS_RESULTS, HUMAN_EVAL_RESULTS, JOURNAL, MANIFEST, SUMMARY, TASKS, VERDICTS},
};
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

/// A folder for the files of one run. No other process writes to it meanwhile.
#[derive(Debug)]
pub struct RunFolder {
    directory: Dir,
    path: PathBuf,
    manifest: Manifest,
    /// Whether what is there is of the same samples.
    same_samples: bool,
    _lock: Lock,
}

impl RunFolder {
    /// Opens or makes the folder at `path` for the run of `manifest`, to begin or to go on with. With `overwrite`, what another run
    /// left there is discarded.
    ///
    /// # Errors
    ///
    /// [`RunError::Other`] where it belongs to another run, [`RunError::Lock`] where another process writes to it, or what the system said.
    pub fn open(path: &Path, manifest: Manifest, overwrite: bool) -> Result<Self, RunError> {
        let fail = |what: &'static str| move |source| RunError::Folder { what, path: path.to_owned(), source };
        std::fs::create_dir_all(path).map_err(fail("cannot make the run folder"))?;
        let lock = Lock::folder(path)?;
        let directory = Dir::open_ambient_dir(path, ambient_authority()).map_err(fail("cannot open the run folder"))?;
        let mut folder = Self { directory, path: path.to_owned(), manifest, same_samples: true, _lock: lock };
        match folder.directory.read_to_string(MANIFEST) {
            Ok(_) if overwrite => {
                for name in [JOURNAL, VERDICTS, MANIFEST] {
                    folder.discard(name)?;
                }
                folder.discard_results()?;
            }
            Ok(text) => {
                let old = serde_json::from_str::<Manifest>(&text);
                let differs = match &old {
                    Ok(old) => old.differences(&folder.manifest).join("; "),
                    Err(_) => "format".to_owned(),
                };
                if !differs.is_empty() {
                    return Err(RunError::Other { path: path.to_owned(), differs });
                }
                folder.same_samples = old.is_ok_and(|old| old.samples_digest == folder.manifest.samples_digest);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(folder.io("cannot read", MANIFEST, error)),
        }
        Ok(folder)
    }

    fn write_manifest(&self) -> Result<(), RunError> {
        let mut text = serde_json::to_string_pretty(&self.manifest).unwrap_or_default();
        text.push('\n');
        self.write(MANIFEST, text.as_bytes())
    }

    pub(super) fn discard(&self, name: &str) -> Result<(), RunError> {
        match self.directory.remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.io("cannot remove", name, error)),
            _ => Ok(()),
        }
    }

    /// Removes the files made of the verdicts. Result files are named after the samples: those of others would stay.
    fn discard_results(&self) -> Result<(), RunError> {
        let unreadable = |error| self.io("cannot read", "", error);
        for entry in self.directory.entries().map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
            let named = [SUMMARY, DIFFERENCES, TASKS].contains(&name.as_str());
            if named || name.ends_with(HUMAN_EVAL_RESULTS) || name.ends_with(EVALPLUS_RESULTS) {
                self.discard(&name)?;
            }
        }
        Ok(())
    }

    /// The folder's path.
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
    /// The system's error; a file of that name is then as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), RunError> {
        self.write_with(name, |out| Ok(out.write_all(bytes)?))
    }

    /// Whether a file of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.directory.exists(name)
    }

    /// Writes a whole file of JSON lines atomically.
    pub(super) fn write_lines<T: serde::Serialize>(
        &self,
        name: &str,
        rows: impl IntoIterator<Item = T>,
    ) -> Result<(), RunError> {
        self.write_with(name, |out| {
            rows.into_iter().try_for_each(|row| {
                serde_json::to_writer(&mut *out, &row)?;
                Ok(out.write_all(b"\n")?)
            })
        })
    }

    /// Writes a whole file atomically, piece by piece.
    pub(super) fn write_with(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
    ) -> Result<(), RunError> {
        files::replace_in(&self.directory, name, fill).map_err(|error| match error {
            WriteError::Out(source) => RunError::Write { path: self.path.join(name), source },
            WriteError::Run(error) => error,
        })
    }

    /// The rows judged so far, by the number of their job. Samples may have come to those that the folder knew: what was judged of them is
    /// put in a journal anew, and what was finished is so no more.
    ///
    /// # Errors
    ///
    /// [`RunError::OtherSamples`] where the folder has rows of none of the jobs; then nothing is changed.
    pub(super) fn rows(&self, work: &Work<'_>) -> Result<Journal, RunError> {
        let mut rows = self.read_rows(work)?;
        if !self.same_samples {
            self.write_with(JOURNAL, |out| {
                for job in 0..work.jobs.len() {
                    if let Some(row) = rows.get::<Row>(job)? {
                        serde_json::to_writer(&mut *out, &work.journalled(job, row))?;
                        out.write_all(b"\n")?;
                    }
                }
                Ok(())
            })?;
            self.discard(VERDICTS)?;
            self.discard_results()?;
            rows = self.read_rows(work)?;
        }
        self.write_manifest()?;
        Ok(rows)
    }

    /// Reads the rows from the finished file where there is one, else from the journal.
    fn read_rows(&self, work: &Work<'_>) -> Result<Journal, RunError> {
        let mut strangers = HashSet::new();
        let mut example = None;
        let known = work.known();
        let mut rows = Journal::new(work.jobs.len(), None);
        for name in [JOURNAL, VERDICTS] {
            let file = match self.directory.open_with(name, OpenOptions::new().read(true)) {
                Ok(file) => file.into_std(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(self.io("cannot read", name, error)),
            };
            rows.read(file, &self.path.join(name), b"", |found: &Found<Row>, _| {
                let row = &found.row;
                let job = known.job(row, self.same_samples);
                if job.is_none() {
                    let Row { task_id, sample, program_digest, .. } = row;
                    if self.same_samples {
                        return Err(RunError::from(
                            found.wrong(format!("the samples have no {task_id} sample {sample}")),
                        ));
                    }
                    example.get_or_insert_with(|| format!("that of {task_id} sample {sample}"));
                    strangers.insert((task_id.clone(), program_digest.clone()));
                }
                Ok(job)
            })?;
        }
        match example {
            Some(example) => Err(RunError::OtherSamples { path: self.path.clone(), count: strangers.len(), example }),
            None => Ok(rows),
        }
    }

    /// Lets `rows` take further ones, in the journal.
    pub(super) fn open_journal(&self, rows: &mut Journal) -> Result<(), RunError> {
        let path = self.path.join(JOURNAL);
        let options = OpenOptions::new().create(true).append(true).read(true).clone();
        let file = self
            .directory
            .open_with(JOURNAL, &options)
            .map_err(|source| RunError::Write { path: path.clone(), source })?;
        Ok(rows.append_to(file.into_std(), &path)?)
    }

    /// Removes the journal: the finished files are all written.
    pub(super) fn drop_journal(&self) -> Result<(), RunError> {
        match self.directory.remove_file(JOURNAL) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.io("cannot remove", JOURNAL, error)),
            _ => Ok(()),
        }
    }
}
