//! Samples: candidates in the files people already have.
//!
//! | form | layout |
//! |---|---|
//! | human-eval and EvalPlus JSONL | a line a sample: `task_id` with `completion` (appended to the task's prompt) or `solution` (a whole program); gzip and zstd too |
//! | EvalPlus directory | `HumanEval_0/0.py`, one directory a task |
//! | bigcode generations | JSON: a list per task, in the dataset's order, of a list of programs |

mod directory;
mod generations;
mod jsonl;

use std::{io::Read, path::Path};

use crate::{
    answer::{Answer, Asked},
    dataset::{Dataset, read_text},
    judge::Prepared,
};

/// One candidate for a task.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Position of its task in the dataset.
    pub task: usize,
    /// Its index among the samples of that task, from 0.
    pub index: usize,
    /// What the model wrote.
    pub answer: Answer,
    /// The line it came from, with everything that stood there; nothing for other forms than JSONL.
    pub row: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Sample {
    /// What the program in it is to be.
    #[must_use]
    pub fn asked<'a>(&self, task: &'a Prepared) -> Asked<'a> {
        Asked { names: task.asked(), prompt: &task.task.prompt, buggy: task.task.buggy.as_deref() }
    }
}

/// What was read.
#[derive(Debug)]
pub struct Samples {
    /// The samples, in input order.
    pub samples: Vec<Sample>,
    /// Task ids the dataset does not have, with where they stood.
    pub unknown: Vec<String>,
    /// Digest of what was read.
    pub digest: String,
    /// A name for files about them.
    pub stem: String,
}

/// Why samples could not be read. Every message names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SamplesError {
    /// Nothing to read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line that is not a sample.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A file or directory that holds no samples.
    #[error("{path}: {message}")]
    Format {
        /// The file.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
}

/// Reads samples for `dataset` from a file, a directory, or standard input (`-`).
///
/// # Errors
///
/// A [`SamplesError`]; task ids that the dataset does not have are returned, not raised.
pub fn read(source: &str, dataset: &Dataset) -> Result<Samples, SamplesError> {
    let path = Path::new(source);
    if source != "-" && path.is_dir() {
        return directory::read(path, dataset);
    }
    let read_error = |error| SamplesError::Read { path: source.to_owned(), source: error };
    let text = if source == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(read_error)?;
        text
    } else {
        read_text(path).map_err(read_error)?
    };
    let name = if source == "-" { "stdin" } else { source };
    let stem = path
        .file_name()
        .filter(|_| source != "-")
        .map_or_else(|| "stdin".to_owned(), |name| name.to_string_lossy().into_owned());
    let stem = stem.split(".json").next().unwrap_or(&stem).to_owned();
    parse(name, &stem, &text, dataset)
}

/// Reads samples from text.
///
/// # Errors
///
/// As [`read`].
pub fn parse(name: &str, stem: &str, text: &str, dataset: &Dataset) -> Result<Samples, SamplesError> {
    let mut collector = Collector::new(dataset);
    if text.trim_start().starts_with('[') {
        generations::read(name, text, &mut collector)?;
    } else {
        jsonl::read(name, text, &mut collector)?;
    }
    if collector.samples.is_empty() && collector.unknown.is_empty() {
        return Err(SamplesError::Format { path: name.to_owned(), message: "the file has no samples".to_owned() });
    }
    Ok(collector.finish(blake3::hash(text.as_bytes()).to_hex().to_string(), stem))
}

/// Numbers samples within their tasks.
struct Collector<'a> {
    dataset: &'a Dataset,
    counts: Vec<usize>,
    samples: Vec<Sample>,
    unknown: Vec<String>,
}

impl<'a> Collector<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        Self { dataset, counts: vec![0; dataset.tasks.len()], samples: Vec::new(), unknown: Vec::new() }
    }

    fn add(&mut self, id: &str, place: &str, answer: Answer, row: Option<serde_json::Map<String, serde_json::Value>>) {
        match self.dataset.position(id) {
            Some(task) => self.add_at(task, answer, row),
            None => self.unknown.push(format!("{id} ({place})")),
        }
    }

    fn add_at(&mut self, task: usize, answer: Answer, row: Option<serde_json::Map<String, serde_json::Value>>) {
        self.samples.push(Sample { task, index: self.counts[task], answer, row });
        self.counts[task] += 1;
    }

    fn finish(self, digest: String, stem: &str) -> Samples {
        Samples { samples: self.samples, unknown: self.unknown, digest, stem: stem.to_owned() }
    }
}
