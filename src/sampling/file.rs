//! A sample file: rows as they come, in their order once all are there; resumable.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{FileError, Row, plan};
use crate::files::{Lock, NewFile};

/// How every row begins: what distinguishes one that a kill cut off from another program's file.
const BEGINNING: &[u8] = b"{\"task_id\":";

/// A file that takes rows in any order. A row is on disk as soon as it is taken; [`finish`](Self::finish) puts them in order.
#[derive(Debug)]
pub struct SampleFile {
    path: PathBuf,
    file: Option<File>,
    /// For each place in the order, where its row lies in the file: first byte and length.
    rows: Vec<Option<(u64, usize)>>,
    end: u64,
    written: usize,
    refused: usize,
    /// Nobody else writes to it meanwhile.
    _lock: Lock,
}

impl SampleFile {
    /// Reads the file at `path`, where there is one, as samples `order` (task and index) of the run with this digest. A last line that a
    /// kill cut off does not count. Nothing is changed before the first [`put`](Self::put). With `overwrite` it begins anew.
    ///
    /// # Errors
    ///
    /// [`FileError::Other`] where it holds anything else, [`FileError::Lock`] where another process writes to it.
    pub fn open(path: &Path, order: &[(&str, usize)], run: &str, overwrite: bool) -> Result<Self, FileError> {
        let lock = Lock::file(path)?;
        let rows = vec![None; order.len()];
        let mut this = Self { path: path.to_owned(), file: None, rows, end: 0, written: 0, refused: 0, _lock: lock };
        if overwrite {
            return Ok(this);
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(this),
            Err(error) => return Err(this.io(error)),
        };
        let places: std::collections::HashMap<_, _> =
            order.iter().enumerate().map(|(place, sample)| (*sample, place)).collect();
        let mut reader = BufReader::new(file);
        let mut text = Vec::new();
        for line in 1.. {
            text.clear();
            let length = reader.read_until(b'\n', &mut text).map_err(|error| this.io(error))?;
            let other = |message: &str| FileError::Other { path: path.to_owned(), line, message: message.to_owned() };
            if text.last() != Some(&b'\n') {
                let shared = length.min(BEGINNING.len());
                if text[..shared] != BEGINNING[..shared] {
                    return Err(other("not a sample"));
                }
                break;
            }
            let row: Row = serde_json::from_slice(&text).map_err(|error| other(&format!("not a sample: {error}")))?;
            if row.run != run {
                return Err(other(&format!("a sample of a run with other {}", plan::difference(&row.run, run))));
            }
            match places.get(&(row.task_id.as_str(), row.sample)) {
                Some(&place) if this.rows[place].is_none() => this.rows[place] = Some((this.end, length)),
                Some(_) => return Err(other(&format!("{} sample {} stands here twice", row.task_id, row.sample))),
                None => {
                    let what = format!(
                        "{} sample {} is more than was asked for (-n and --tasks can be raised, not lowered)",
                        row.task_id, row.sample
                    );
                    return Err(other(&what));
                }
            }
            this.written += 1;
            this.refused += usize::from(row.is_refused());
            this.end += length as u64;
        }
        Ok(this)
    }

    fn io(&self, source: io::Error) -> FileError {
        FileError::Io { path: self.path.clone(), source }
    }

    /// Whether the row at `place` is there.
    #[must_use]
    pub fn has(&self, place: usize) -> bool {
        self.rows.get(place).is_some_and(Option::is_some)
    }

    /// How many rows are there.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written
    }

    /// How many of them stand for samples that were refused.
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
        let io = |source| FileError::Io { path: self.path.clone(), source };
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path);
                let mut file = options.map_err(io)?;
                file.set_len(self.end).and_then(|()| file.seek(SeekFrom::Start(self.end))).map_err(io)?;
                none.insert(file)
            }
        };
        let mut line = serde_json::to_vec(row).map_err(|error| io(error.into()))?;
        line.push(b'\n');
        file.write_all(&line).map_err(io)?;
        self.refused += usize::from(row.is_refused());
        if let Some(slot) = self.rows.get_mut(place) {
            self.written += usize::from(slot.is_none());
            *slot = Some((self.end, line.len()));
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// Puts the rows in their order, where all are there and were taken in another, through a temporary file.
    ///
    /// # Errors
    ///
    /// [`FileError::Io`]; the file is then as it was.
    pub fn finish(self) -> Result<(), FileError> {
        let places: Option<Vec<(u64, usize)>> = self.rows.iter().copied().collect();
        let Some(places) = places.filter(|places| !places.is_sorted()) else { return Ok(()) };
        let sort = || {
            let mut from = File::open(&self.path)?;
            // Through a link, as when appending.
            let sorted = NewFile::begin(&fs::canonicalize(&self.path)?)?;
            sorted.file().set_permissions(from.metadata()?.permissions())?;
            let mut out = BufWriter::new(sorted.file());
            let mut line = Vec::new();
            for (start, length) in &places {
                line.resize(*length, 0);
                from.seek(SeekFrom::Start(*start))?;
                from.read_exact(&mut line)?;
                out.write_all(&line)?;
            }
            out.flush()?;
            drop(out);
            sorted.finish()
        };
        sort().map_err(|error| self.io(error))
    }
}
