//! EvalPlus's directories: `HumanEval_0/0.py`, `HumanEval_0/1.py`, ...

use std::{fs, path::Path};

use super::{Collector, Samples, SamplesError};
use crate::{
    answer::Answer,
    dataset::{Dataset, read_text},
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
    let mut collector = Collector::new(dataset);
    let mut hasher = blake3::Hasher::new();
    for (_, id, number, file) in files {
        let text = read_text(&file).map_err(|error| read_error(&file, error))?;
        hasher.update(format!("{id}\0{number}\0{}\0", text.len()).as_bytes()).update(text.as_bytes());
        collector.add(&id, &file.display().to_string(), Answer::program(text), None);
    }
    let stem = path.file_name().map_or_else(|| "samples".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(collector.finish(hasher.finalize().to_hex().to_string(), &stem))
}
