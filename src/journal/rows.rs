//! Rows with slots: of verdicts and of samples.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use super::JournalError;
use crate::files::Lock;

/// A row of a journal.
pub trait Entry: Serialize + DeserializeOwned {
    /// The row's name in messages.
    const NAME: &'static str;

    /// The number of samples that the row stands for.
    fn multiplicity(&self) -> usize {
        1
    }
}

/// The rows by their slots, in one or several files.
#[derive(Debug)]
pub struct Journal {
    files: Vec<Source>,
    places: Vec<Option<Place>>,
    /// The file that takes further rows.
    open: Option<usize>,
    rows: usize,
    _lock: Option<Lock>,
}

#[derive(Debug)]
struct Source {
    file: File,
    path: PathBuf,
    /// The place behind the last whole line.
    end: u64,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    file: u32,
    start: u64,
    /// The bytes of the line without its end.
    len: u32,
}

/// A row as it was found: its line, from 1, and itself.
#[derive(Debug)]
pub struct Found<T> {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The row.
    pub row: T,
}

impl<T> Found<T> {
    /// The error that this line is.
    #[must_use]
    pub fn wrong(&self, message: String) -> JournalError {
        JournalError::Line { path: self.path.clone(), line: self.line, message }
    }
}

impl Journal {
    /// A journal with so many slots and no row yet; `lock` is held as long as it.
    #[must_use]
    pub fn new(slots: usize, lock: Option<Lock>) -> Self {
        Self { files: Vec::new(), places: vec![None; slots], open: None, rows: 0, _lock: lock }
    }

    /// Reads the rows of an open file; `slot` says where each belongs, or that it belongs nowhere. A last line without an end was cut off by a
    /// kill: it does not count, but must begin as rows do (`beginning`) where that is known. Nothing is changed on the disk.
    ///
    /// # Errors
    ///
    /// A [`JournalError`], or what `slot` says.
    pub fn read<T: Entry, E: From<JournalError>>(
        &mut self,
        file: File,
        path: &Path,
        beginning: &[u8],
        mut slot: impl FnMut(&Found<T>, &Self) -> Result<Option<usize>, E>,
    ) -> Result<(), E> {
        let number = self.files.len();
        let unreadable = |source| JournalError::Read { path: path.to_owned(), source };
        let mut reader = BufReader::new(file.try_clone().map_err(unreadable)?);
        self.files.push(Source { file, path: path.to_owned(), end: 0 });
        let mut text = Vec::new();
        for line in 1.. {
            text.clear();
            let length = reader.read_until(b'\n', &mut text).map_err(unreadable)?;
            let wrong = |message: String| JournalError::Line { path: path.to_owned(), line, message };
            if text.last() != Some(&b'\n') {
                let shared = length.min(beginning.len());
                if text[..shared] != beginning[..shared] {
                    return Err(wrong(format!("not a {}", T::NAME)).into());
                }
                break;
            }
            let start = self.files[number].end;
            self.files[number].end += length as u64;
            // An empty line is no damage where nothing says how rows begin.
            if length == 1 && beginning.is_empty() {
                continue;
            }
            let row = serde_json::from_slice(&text[..length - 1])
                .map_err(|error| wrong(format!("not a {}: {error}", T::NAME)))?;
            let found = Found { path: path.to_owned(), line, row };
            if let Some(slot) = slot(&found, self)? {
                self.place(slot, number, start, length - 1);
            }
        }
        Ok(())
    }

    fn place(&mut self, slot: usize, file: usize, start: u64, len: usize) {
        let (Ok(file), Ok(len)) = (u32::try_from(file), u32::try_from(len)) else { return };
        if let Some(place) = self.places.get_mut(slot) {
            self.rows += usize::from(place.is_none());
            *place = Some(Place { file, start, len });
        }
    }

    /// Takes further rows to the end of an open file: of the one of this path that was read, behind its last whole row, or of a new one.
    ///
    /// # Errors
    ///
    /// [`JournalError::Write`] where what a kill left cannot be cut off.
    pub fn append_to(&mut self, file: File, path: &Path) -> Result<(), JournalError> {
        let read = self.files.iter().find(|source| source.path == path).map(|source| source.end);
        if let Some(end) = read {
            file.set_len(end).map_err(|source| JournalError::Write { path: path.to_owned(), source })?;
        }
        self.files.push(Source { file, path: path.to_owned(), end: read.unwrap_or(0) });
        self.open = Some(self.files.len() - 1);
        Ok(())
    }

    /// Whether there is a file to append to.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Appends the row of a slot; once this returns, a kill does not lose it. Without an open file, nothing is kept.
    ///
    /// # Errors
    ///
    /// [`JournalError::Write`]; what was appended before stands.
    pub fn append<T: Entry>(&mut self, slot: usize, row: &T) -> Result<(), JournalError> {
        let Some(number) = self.open else { return Ok(()) };
        let Source { file, path, end } = &mut self.files[number];
        let mut write = || -> io::Result<(u64, usize)> {
            let mut line = serde_json::to_vec(row)?;
            line.push(b'\n');
            let start = file.seek(SeekFrom::End(0))?;
            file.write_all(&line).inspect_err(|_| {
                // A full disk may have taken half the line: give it back, so that the journal stays whole.
                let _ = file.set_len(start);
            })?;
            *end = start + line.len() as u64;
            Ok((start, line.len() - 1))
        };
        let (start, len) = write().map_err(|source| JournalError::Write { path: path.clone(), source })?;
        self.place(slot, number, start, len);
        Ok(())
    }

    /// Whether the row of a slot is there.
    #[must_use]
    pub fn contains(&self, slot: usize) -> bool {
        self.places.get(slot).is_some_and(Option::is_some)
    }

    /// The number of slots that have their rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether all slots have their rows.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rows == self.places.len()
    }

    /// Whether the rows, which are in one file, stand in their order already.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        self.places.iter().flatten().is_sorted_by_key(|place| place.start)
    }

    /// The row of a slot, if it is there.
    ///
    /// # Errors
    ///
    /// [`JournalError::ReadBack`] where it is there no more.
    pub fn get<T: Entry>(&mut self, slot: usize) -> Result<Option<T>, JournalError> {
        let Some((line, path)) = self.line(slot)? else { return Ok(None) };
        let row = serde_json::from_slice(&line).map_err(io::Error::from);
        row.map(Some).map_err(|source| JournalError::ReadBack { path, source })
    }

    fn line(&mut self, slot: usize) -> Result<Option<(Vec<u8>, PathBuf)>, JournalError> {
        let Some(place) = self.places.get(slot).copied().flatten() else { return Ok(None) };
        let Source { file, path, .. } = &mut self.files[place.file as usize];
        let mut line = vec![0; place.len as usize];
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| file.read_exact(&mut line))
            .map_err(|source| JournalError::ReadBack { path: path.clone(), source })?;
        Ok(Some((line, path.clone())))
    }

    /// Writes the rows as they stand, in the order of their slots.
    ///
    /// # Errors
    ///
    /// A row that cannot be read back, or the error of `out`.
    pub fn write_sorted(&mut self, out: &mut dyn Write) -> Result<(), JournalError> {
        for slot in 0..self.places.len() {
            if let Some((mut line, path)) = self.line(slot)? {
                line.push(b'\n');
                out.write_all(&line).map_err(|source| JournalError::Write { path, source })?;
            }
        }
        Ok(())
    }

    /// The error where the row of a slot is another's: on a file system without locks, another process may have written to the file too.
    #[must_use]
    pub fn mixed_up(&self, slot: usize) -> JournalError {
        let place = self.places.get(slot).copied().flatten();
        let path = place.and_then(|place| self.files.get(place.file as usize));
        let path = path.map_or_else(PathBuf::new, |source| source.path.clone());
        let source = io::Error::other("another process wrote to it: run the command again, alone");
        JournalError::ReadBack { path, source }
    }
}

/// The rows of a finished file, which all have to be rows.
///
/// # Errors
///
/// A [`JournalError`] that names file and line.
pub fn read_all<T: Entry>(path: &Path) -> Result<Vec<T>, JournalError> {
    let text = std::fs::read_to_string(path).map_err(|source| JournalError::Read { path: path.to_owned(), source })?;
    let row = |(index, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| JournalError::Line {
            path: path.to_owned(),
            line: index + 1,
            message: format!("not a {}: {error}", T::NAME),
        })
    };
    text.lines().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Number {
        n: usize,
    }

    impl Entry for Number {
        const NAME: &'static str = "number";
    }

    fn open(path: &Path, beginning: &[u8]) -> Result<Journal, JournalError> {
        let mut journal = Journal::new(3, None);
        if let Ok(file) = File::open(path) {
            journal.read::<Number, JournalError>(file, path, beginning, |found, _| Ok(Some(found.row.n)))?;
        }
        Ok(journal)
    }

    fn append(journal: &mut Journal, path: &Path, n: usize) {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).unwrap();
        journal.append_to(file, path).unwrap();
        journal.append(n, &Number { n }).unwrap();
    }

    #[test]
    fn rows_taken_in_any_order_survive_a_kill_and_come_back_in_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut journal = open(&path, b"").unwrap();
        append(&mut journal, &path, 2);
        append(&mut journal, &path, 0);
        drop(journal);
        // A kill in the middle of a line: nothing is cut before something is appended.
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"n\":").unwrap();
        let mut journal = open(&path, b"{\"n\"").unwrap();
        assert_eq!((journal.rows(), journal.contains(1), journal.is_sorted()), (2, false, false));
        assert!(std::fs::read_to_string(&path).unwrap().ends_with(':'));
        append(&mut journal, &path, 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"n\":2}\n{\"n\":0}\n{\"n\":1}\n");
        assert_eq!(journal.get(1).unwrap(), Some(Number { n: 1 }));
        let mut sorted = Vec::new();
        journal.write_sorted(&mut sorted).unwrap();
        assert_eq!(sorted, b"{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
    }

    #[test]
    fn damage_is_named_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        for (text, line) in [("{\"n\":1}\nno\n", 2), ("other", 1)] {
            std::fs::write(&path, text).unwrap();
            let error = open(&path, b"{\"n\"").unwrap_err();
            assert!(error.to_string().contains(&format!("journal:{line}: not a number")), "{error}");
        }
    }
}
