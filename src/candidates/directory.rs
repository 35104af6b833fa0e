//! EvalPlus's directories: `HumanEval_0/0.py`, `HumanEval_0/1.py`, ...

use std::{fs, path::Path};

use super::{Collector, Damage, Samples, SamplesError};
use crate::{
    answer::Answer,
    dataset::Dataset,
    files::{python_source, unpack},
    judge::ErrorInfo,
};

pub(super) fn read(path: &Path, dataset: &Dataset) -> Result<Samples, SamplesError> {
    let display = path.display().to_string();
    let read_error = |path: &Path, source| SamplesError::Read { path: path.display().to_string(), source };
    let list = |path: &Path| -> Result<Vec<std::path::PathBuf>, SamplesError> {
        let entries = fs::read_dir(path).map_err(|error| read_error(path, error))?;
        Ok(entries.flatten().map(|entry| entry.path()).collect())
    };
    let mut files = Vec::new();
    for directory in list(path)?.into_iter().filter(|entry| entry.is_dir()) {
        let Some(id) = directory.file_name().map(|name| name.to_string_lossy().replace('_', "/")) else { continue };
        for file in list(&directory)? {
            let number = file.file_stem().and_then(|stem| stem.to_string_lossy().parse::<usize>().ok());
            if let (Some(number), Some("py")) = (number, file.extension().and_then(|extension| extension.to_str())) {
                files.push((dataset.position(&id), id.clone(), number, file));
            }
        }
    }
    if files.is_empty() {
        return Err(SamplesError::Format {
            path: display,
            message: "the directory has no samples: expected EvalPlus's layout, TASK_ID/N.py".to_owned(),
        });
    }
    files.sort();
    let mut collector = Collector::new(dataset, '\0');
    let mut hasher = blake3::Hasher::new();
    for (position, id, number, file) in files {
        let place = file.display().to_string();
        let bytes = fs::read(&file).and_then(unpack).map_err(|error| read_error(&file, error))?;
        hasher.update(format!("{id}\0{number}\0{}\0", bytes.len()).as_bytes()).update(&bytes);
        let Some(task) = position else {
            collector.unknown.push(format!("{id} ({place})"));
            continue;
        };
        // As CPython reads a file; what it cannot read is no program, which costs this candidate alone.
        let (text, damage) = match python_source(bytes) {
            Ok(text) => (text, None),
            Err(wrong) => {
                collector.notes.push(format!("{place}: {}", wrong.message));
                let error = ErrorInfo { kind: "SyntaxError".to_owned(), message: wrong.message, line: None };
                (wrong.lossy, Some(Damage { error, mark: None }))
            }
        };
        collector.push(task, Answer::program(text), damage, None);
    }
    let stem = path.file_name().map_or_else(|| "samples".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(collector.finish(hasher.finalize().to_hex().to_string(), &stem))
}
