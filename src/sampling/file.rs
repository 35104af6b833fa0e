//! A sample file: rows as they come, in their order once all are there; resumable.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{FileError, Row, plan};
use crate::{
    files::{Lock, NewFile},
    journal::{Found, Journal, JournalError},
};

/// The beginning of every row, which tells one that a kill cut off from another program's file.
const BEGINNING: &[u8] = b"{\"task_id\":";

/// A file that takes rows in any order. A row is on disk as soon as it is taken; [`finish`](Self::finish) puts them in order.
#[derive(Debug)]
pub struct SampleFile {
    path: PathBuf,
    journal: Journal,
    refused: usize,
    overwrite: bool,
}

impl SampleFile {
    /// Reads the file at `path`, where there is one, as samples `order` (the task and the index) of the run with this digest. A last line
    /// that a kill cut off does not count. Nothing is changed before the first [`put`](Self::put). With `overwrite` it begins anew.
    ///
    /// # Errors
    ///
    /// [`FileError::Other`] where it holds anything else, [`FileError::Lock`] where another process writes to it.
    pub fn open(path: &Path, order: &[(&str, usize)], run: &str, overwrite: bool) -> Result<Self, FileError> {
        let lock = Lock::file(path)?;
        let journal = Journal::new(order.len(), Some(lock));
        let mut this = Self { path: path.to_owned(), journal, refused: 0, overwrite };
        if overwrite {
            return Ok(this);
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(this),
            Err(error) => return Err(this.io(error)),
        };
        let places: HashMap<_, _> = order.iter().enumerate().map(|(place, sample)| (*sample, place)).collect();
        let Self { journal, refused, .. } = &mut this;
        journal.read(file, path, BEGINNING, |found: &Found<Row>, journal| {
            let row = &found.row;
            let sample = format_args!("{} sample {}", row.task_id, row.sample);
            if row.run != run {
                let what = plan::difference(&row.run, run);
                return Err(found.wrong(format!("a sample of a run with other {what}")));
            }
            let Some(&place) = places.get(&(row.task_id.as_str(), row.sample)) else {
                return Err(found.wrong(format!(
                    "{sample} is more than was asked for (-n and --tasks can be raised, not lowered)"
                )));
            };
            if journal.contains(place) {
                return Err(found.wrong(format!("{sample} stands here twice")));
            }
            *refused += usize::from(row.is_refused());
            Ok::<_, JournalError>(Some(place))
        })?;
        Ok(this)
    }

    fn io(&self, source: io::Error) -> FileError {
        FileError::Io { path: self.path.clone(), source }
    }

    /// Whether the row at `place` is there.
    #[must_use]
    pub fn has(&self, place: usize) -> bool {
        self.journal.contains(place)
    }

    /// The number of rows that are there.
    #[must_use]
    pub fn written(&self) -> usize {
        self.journal.rows()
    }

    /// The number of them that stand for samples that were refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// Appends the row at `place` in the order.
    ///
    /// # Errors
    ///
    /// [`FileError::Io`]; what was written before stands.
    pub fn put(&mut self, place: usize, row: &Row) -> Result<(), FileError> {
        if !self.journal.is_open() {
            let options =
                OpenOptions::new().read(true).write(true).create(true).truncate(self.overwrite).open(&self.path);
            let file = options.map_err(|error| self.io(error))?;
            self.journal.append_to(file, &self.path)?;
        }
        self.journal.append(place, row)?;
        self.refused += usize::from(row.is_refused());
        Ok(())
    }

    /// Puts the rows in their order, where all are there and were taken in another, through a temporary file.
    ///
    /// # Errors
    ///
    /// [`FileError::Io`]; the file is then as it was.
    pub fn finish(mut self) -> Result<(), FileError> {
        if !self.journal.is_complete() || self.journal.is_sorted() {
            return Ok(());
        }
        let Self { path, journal, .. } = &mut self;
        let io = |source| FileError::Io { path: path.clone(), source };
        // Through a link, as when appending.
        let place = fs::canonicalize(&*path).map_err(io)?;
        let sorted = NewFile::begin(&place).map_err(io)?;
        let allowed = fs::metadata(&place).and_then(|there| sorted.file().set_permissions(there.permissions()));
        allowed.map_err(io)?;
        let mut out = BufWriter::new(sorted.file());
        journal.write_sorted(&mut out)?;
        out.flush().map_err(io)?;
        drop(out);
        sorted.finish().map_err(io)
    }
}
