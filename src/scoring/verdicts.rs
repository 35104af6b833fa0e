//! The verdicts of a run, read back from disk: memory does not grow with the candidates.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{Row, RunError};
use crate::files::Fields;

/// Rows by the number of their job: each in one of a few files, where it stands kept here.
#[derive(Debug)]
pub(super) struct Rows {
    files: Vec<(File, PathBuf)>,
    places: Vec<Option<Place>>,
    /// The file that takes further rows.
    journal: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    file: u32,
    len: u32,
    start: u64,
}

impl Rows {
    /// No rows yet, of `count` jobs.
    pub(super) fn new(count: usize) -> Self {
        Self { files: Vec::new(), places: vec![None; count], journal: None }
    }

    /// Adds a file to read rows from, or with `journal` to append them to; returns its number.
    pub(super) fn add_file(&mut self, file: File, path: &Path, journal: bool) -> usize {
        self.files.push((file, path.to_owned()));
        let number = self.files.len() - 1;
        if journal {
            self.journal = Some(number);
        }
        number
    }

    /// The row of job `index` is the `len` bytes from `start` on in file number `file`.
    pub(super) fn place(&mut self, index: usize, file: usize, start: u64, len: usize) {
        let (Ok(file), Ok(len)) = (u32::try_from(file), u32::try_from(len)) else { return };
        self.places[index] = Some(Place { file, len, start });
    }

    pub(super) fn contains(&self, index: usize) -> bool {
        self.places[index].is_some()
    }

    /// Whether there is a file to append to.
    pub(super) fn has_journal(&self) -> bool {
        self.journal.is_some()
    }

    /// Appends a row to the journal; once this returns, a kill does not lose it.
    pub(super) fn append(&mut self, index: usize, row: &Row) -> Result<(), RunError> {
        let mut line = serde_json::to_vec(row).unwrap_or_default();
        line.push(b'\n');
        let Some(number) = self.journal else { return Ok(()) };
        let (file, path) = &mut self.files[number];
        let end = file.seek(SeekFrom::End(0));
        let written = end.and_then(|end| {
            file.write_all(&line).map(|()| end).inspect_err(|_| {
                // A full disk may have taken half the line: give it back, so that the journal stays whole.
                let _ = file.set_len(end);
            })
        });
        let start = written.map_err(|cause| RunError::Write { path: path.clone(), cause })?;
        self.place(index, number, start, line.len() - 1);
        Ok(())
    }

    /// The row of job `index`, if it was judged.
    pub(super) fn get(&mut self, index: usize) -> Result<Option<Row>, RunError> {
        let Some(place) = self.places[index] else { return Ok(None) };
        let (file, path) = &mut self.files[place.file as usize];
        let mut line = vec![0; place.len as usize];
        let read = file.seek(SeekFrom::Start(place.start)).and_then(|_| file.read_exact(&mut line));
        let row = read.and_then(|()| serde_json::from_slice(&line).map_err(Into::into));
        row.map(Some).map_err(|source| RunError::Io { what: "cannot read back", path: path.clone(), source })
    }

    /// The error where the row of job `index` is another's.
    fn mixed_up(&self, index: usize) -> RunError {
        let path = self.places[index].and_then(|place| self.files.get(place.file as usize));
        let path = path.map_or_else(PathBuf::new, |(_, path)| path.clone());
        let source = std::io::Error::other("another process wrote to it: run the command again, alone");
        RunError::Io { what: "cannot read back", path, source }
    }
}

/// A candidate of a run.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The number of its job: equal programs for a task are one.
    pub(super) job: usize,
    /// Its task.
    pub(super) task_id: String,
    /// Its index in its task.
    pub(super) sample: usize,
    /// What its line says besides.
    pub(super) fields: Option<Fields>,
}

/// The verdicts of all candidates, in input order; without those that met a fault.
#[derive(Debug)]
pub struct Verdicts {
    rows: Rows,
    candidates: Vec<Candidate>,
}

impl Verdicts {
    pub(super) fn new(rows: Rows, candidates: Vec<Candidate>) -> Self {
        Self { rows, candidates }
    }

    /// Whether every candidate has a verdict.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.candidates.iter().all(|candidate| self.rows.contains(candidate.job))
    }

    /// The verdict of candidate `index`, if it has one.
    ///
    /// # Errors
    ///
    /// [`RunError::Io`] where it cannot be read back from the disk.
    pub fn get(&mut self, index: usize) -> Result<Option<Row>, RunError> {
        let Some(Candidate { job, task_id, sample, fields }) = self.candidates.get(index) else { return Ok(None) };
        let Some(row) = self.rows.get(*job)? else { return Ok(None) };
        // What was not locked, on a file system without locks, may have been written by another process too.
        if row.task_id != *task_id {
            return Err(self.rows.mixed_up(*job));
        }
        Ok(Some(Row { sample: *sample, same: Vec::new(), fields: fields.clone(), ..row }))
    }

    /// Hands each verdict to `each`, with its candidate's index in the input.
    ///
    /// # Errors
    ///
    /// What `each` returns, or [`RunError::Io`] where one cannot be read back.
    pub fn for_each<E: From<RunError>>(&mut self, mut each: impl FnMut(usize, Row) -> Result<(), E>) -> Result<(), E> {
        for index in 0..self.candidates.len() {
            if let Some(row) = self.get(index)? {
                each(index, row)?;
            }
        }
        Ok(())
    }
}
