//! Files of JSON lines, as far as they can be read.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use serde::de::DeserializeOwned;

use super::run::LoadError;

/// Hands each line of a JSONL file on; lines that are none are counted in one warning.
pub(super) fn each_line<T: DeserializeOwned>(
    path: &Path,
    warnings: &mut Vec<String>,
    mut take: impl FnMut(T),
) -> Result<(), LoadError> {
    let unreadable = |source| LoadError::Unreadable { path: path.to_owned(), source };
    let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut bad: Vec<(usize, String)> = Vec::new();
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        if reader.read_until(b'\n', &mut text).map_err(unreadable)? == 0 {
            break;
        }
        match serde_json::from_slice(&text) {
            Ok(value) => take(value),
            Err(error) if error.is_eof() => bad.push((line, "the line is cut off".to_owned())),
            Err(error) => bad.push((line, error.to_string())),
        }
    }
    if let Some((line, why)) = bad.first() {
        let more = if bad.len() > 1 { format!(" and {} more lines", bad.len() - 1) } else { String::new() };
        warnings.push(format!("{}:{line}: {why}{more}: left out", path.display()));
    }
    Ok(())
}
