//! Our measured results: `results/`, a folder for each question, with the records of the runs that answer it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    blame::Blame,
    layout,
    report::{LoadError, Run},
    stats::Estimate,
};

/// Everything that was measured.
#[derive(Debug, Default)]
pub struct Results {
    /// The model whose results they are: `model.toml`.
    pub model: Option<Model>,
    /// The base against NExT, a run for each seed: `table2/seed-*`.
    pub table2: Vec<Run>,
    /// Greedy decoding of the base and of the best model: `figure3/greedy.json`.
    pub greedy: Vec<Greedy>,
    /// A run for each thing that was trained with: `traces/with`, `without`, `no_rationale`.
    pub traces: BTreeMap<String, Run>,
    /// A run for each schedule: `iterations/restart`, `accumulate`.
    pub iterations: BTreeMap<String, Run>,
    /// Real model outputs: `samples/sets.json`.
    pub samples: Vec<SampleSet>,
    /// Repair sets: `datasets/datasets.json`.
    pub datasets: Vec<RepairSet>,
    /// Remarks on the figures, by the names of the fields above: `remarks.toml`, paragraphs without figures.
    pub remarks: BTreeMap<String, Vec<String>>,
}

/// A file that a script of `results/` measured; guest, commands and times are in the file beside it.
#[derive(Deserialize)]
struct Measured<T> {
    sets: Vec<T>,
}

/// The model that results are of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The model's name in tables.
    pub name: String,
    /// A description of the model, in words that go on in a sentence.
    pub what: String,
    /// The digest of its checkpoint, as manifests have it.
    pub digest: String,
}

/// Pass@1 of one answer a task, decoded greedily.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Greedy {
    /// `base` or `best`.
    pub model: String,
    /// The digest of the base.
    pub base: String,
    /// The seed of the run whose models they are.
    pub seed: u64,
    /// The number of tasks.
    pub tasks: u64,
    /// Fixes that pass all tests.
    pub end_to_end: Estimate,
    /// Fixes that the base model wrote from the rationales.
    pub proxy: Estimate,
}

/// The buggy programs of a repair set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RepairSet {
    /// The dataset's name.
    pub dataset: String,
    /// The number of buggy programs.
    pub programs: u64,
    /// Buggy programs by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// The number of buggy programs that fail every test.
    pub fail_all_tests: u64,
    /// The number of buggy programs that fail more than half of the tests, but not all.
    pub fail_over_half: u64,
    /// The number of buggy programs that fail up to half.
    pub fail_up_to_half: u64,
    /// The number of buggy programs that pass what a model may see, or the base tests.
    pub pass_visible: u64,
    /// The events of a trace: the least, the quartiles, the most.
    pub events: [u64; 5],
    /// The digest of the tokenizer that lengths were counted with.
    pub tokenizer: Option<String>,
    /// The share of programs that fit 2,000 tokens with their inline trace.
    pub fit_2000_tokens: Option<f64>,
}

/// One set of real model outputs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SampleSet {
    /// The dataset that its tasks are of.
    pub dataset: String,
    /// The samples' name.
    pub samples: String,
    /// The digest of its file.
    pub samples_digest: String,
    /// Tasks that have samples.
    pub tasks: u64,
    /// The number of samples.
    pub count: u64,
    /// The number of samples that pass here.
    pub passing: u64,
    /// The number of samples with a native verdict.
    pub compared: u64,
    /// The number of samples among those that pass natively.
    pub native_passing: u64,
    /// The tasks of those that have another verdict here.
    pub other: Vec<String>,
    /// Pass@k here, by k.
    pub pass_at_k: BTreeMap<u64, Estimate>,
    /// Pass@1 as its source published it.
    pub published: Option<f64>,
}

/// The reason why results cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultsError {
    /// A record.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file or folder.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The system's error, or what is wrong with it.
        source: io::Error,
    },
}

impl Blame for ResultsError {
    fn is_input(&self) -> bool {
        true
    }
}

impl Results {
    /// Reads the results in `folder`, those that are there.
    ///
    /// # Errors
    ///
    /// A [`ResultsError`].
    pub fn read(folder: &Path) -> Result<Self, ResultsError> {
        if !folder.is_dir() {
            let source = io::Error::from(io::ErrorKind::NotFound);
            return Err(ResultsError::Unreadable { path: folder.to_owned(), source });
        }
        Ok(Self {
            model: settings(&folder.join("model.toml"))?,
            remarks: settings(&folder.join("remarks.toml"))?.unwrap_or_default(),
            table2: records(&folder.join("table2"))?.into_values().collect(),
            greedy: list(&folder.join("figure3/greedy.json"))?,
            traces: records(&folder.join("traces"))?,
            iterations: records(&folder.join("iterations"))?,
            samples: list(&folder.join("samples/sets.json"))?,
            datasets: list(&folder.join("datasets/datasets.json"))?,
        })
    }
}

impl Results {
    /// Every record.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.table2.iter().chain(self.traces.values()).chain(self.iterations.values())
    }
}

/// The settings in a TOML file, where there is one.
fn settings<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, ResultsError> {
    let unreadable = |source| ResultsError::Unreadable { path: path.to_owned(), source };
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map(Some).map_err(|error| unreadable(io::Error::other(error))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(unreadable(source)),
    }
}

/// The sets in a JSON file; none where there is no file.
fn list<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ResultsError> {
    let unreadable = |source| ResultsError::Unreadable { path: path.to_owned(), source };
    match fs::read(path) {
        Ok(text) => serde_json::from_slice(&text)
            .map(|measured: Measured<T>| measured.sets)
            .map_err(|error| unreadable(error.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(unreadable(source)),
    }
}

/// The records below a folder by their names.
fn records(folder: &Path) -> Result<BTreeMap<String, Run>, ResultsError> {
    let mut found = BTreeMap::new();
    let unreadable = |source| ResultsError::Unreadable { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(source) => return Err(unreadable(source)),
    };
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.join(layout::MANIFEST).exists() {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            found.insert(name, Run::open(&path)?);
        }
    }
    Ok(found)
}
