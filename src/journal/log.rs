//! Lines without slots, for whoever watches a run.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::JournalError;
use crate::files;

/// A file of JSON lines that grows while a run lasts and is read by others.
#[derive(Debug)]
pub struct Log {
    file: File,
    path: PathBuf,
}

impl Log {
    /// Opens the file, to begin or to go on with. A line that a kill cut off goes, and so do those that `keep` does not want.
    ///
    /// # Errors
    ///
    /// A [`JournalError`].
    pub fn open(path: &Path, keep: impl Fn(&serde_json::Value) -> bool) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Write { path: path.to_owned(), source };
        match std::fs::read(path) {
            Ok(bytes) => {
                // A kill may have cut a character in two.
                let text = String::from_utf8_lossy(&bytes);
                let wanted = |line: &&str| serde_json::from_str(line).is_ok_and(|value| keep(&value));
                let kept: String = text.lines().filter(wanted).flat_map(|line| [line, "\n"]).collect();
                if kept != text {
                    files::write(path, kept.as_bytes()).map_err(failed)?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(JournalError::Read { path: path.to_owned(), source }),
        }
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Appends a line.
    ///
    /// # Errors
    ///
    /// [`JournalError::Write`].
    pub fn append(&mut self, line: &impl Serialize) -> Result<(), JournalError> {
        let text = serde_json::to_vec(line).map_err(io::Error::from);
        let written = text.and_then(|mut text| {
            text.push(b'\n');
            self.file.write_all(&text)
        });
        written.map_err(|source| JournalError::Write { path: self.path.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_goes_on_behind_its_last_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        std::fs::write(&path, "{\"n\":1}\n{\"n\":2}\n{\"n").unwrap();
        Log::open(&path, |value| value["n"] != 2).unwrap().append(&serde_json::json!({ "n": 3 })).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"n\":1}\n{\"n\":3}\n");
    }
}
