//! Our measured results: `results/`, a folder for each question, with the records of the runs that answer it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::load::{LoadError, Run};

/// Everything that was measured.
#[derive(Debug, Default)]
pub struct Results {
    /// Base against NExT, a run for each seed: `table2/seed-*`.
    pub table2: Vec<Run>,
    /// By what was trained with: `traces/with`, `without`, `no_rationale`.
    pub traces: BTreeMap<String, Run>,
    /// By schedule: `iterations/restart`, `accumulate`.
    pub iterations: BTreeMap<String, Run>,
    /// Real model outputs: `samples/sets.json`.
    pub samples: Vec<SampleSet>,
}

/// One set of real model outputs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SampleSet {
    /// The dataset that its tasks are of.
    pub dataset: String,
    /// Its name.
    pub samples: String,
    /// Samples.
    pub count: u64,
    /// Samples that pass here.
    pub passing: u64,
    /// Samples with a native verdict.
    pub compared: u64,
    /// Of those, how many pass natively.
    pub native_passing: u64,
    /// Of those, how many have another verdict here.
    pub disagreeing: u64,
    /// Pass@1 here: value, and the ends of its 95 % interval.
    pub pass_at_1: [f64; 3],
    /// Pass@1 as its source published it.
    pub published: Option<f64>,
}

/// Why results cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultsError {
    /// A record.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file or folder.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said, or what is wrong with it.
        cause: io::Error,
    },
}

impl Results {
    /// Reads the results in `folder`, those that are there.
    ///
    /// # Errors
    ///
    /// A [`ResultsError`].
    pub fn read(folder: &Path) -> Result<Self, ResultsError> {
        if !folder.is_dir() {
            let cause = io::Error::from(io::ErrorKind::NotFound);
            return Err(ResultsError::Unreadable { path: folder.to_owned(), cause });
        }
        let samples = folder.join("samples/sets.json");
        let samples = match fs::read(&samples) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|error| ResultsError::Unreadable { path: samples, cause: error.into() })?,
            Err(_) => Vec::new(),
        };
        Ok(Self {
            table2: records(&folder.join("table2"))?.into_values().collect(),
            traces: records(&folder.join("traces"))?,
            iterations: records(&folder.join("iterations"))?,
            samples,
        })
    }
}

/// The records below a folder by their names.
fn records(folder: &Path) -> Result<BTreeMap<String, Run>, ResultsError> {
    let mut found = BTreeMap::new();
    let unreadable = |cause| ResultsError::Unreadable { path: folder.to_owned(), cause };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(cause) => return Err(unreadable(cause)),
    };
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.join("manifest.json").exists() {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            found.insert(name, Run::open(&path)?);
        }
    }
    Ok(found)
}
