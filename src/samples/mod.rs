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
    dataset::{Dataset, read_text},
    judge::Task,
};

/// One candidate for a task.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Position of its task in the dataset.
    pub task: usize,
    /// Its index among the samples of that task, from 0.
    pub index: usize,
    /// The program, or the answer that holds it.
    pub program: String,
    /// The line it came from, with everything that stood there; nothing for other forms than JSONL.
    pub row: Option<serde_json::Map<String, serde_json::Value>>,
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

/// How a sample's text is meant.
enum Text {
    /// The rest of a program that begins with the task's prompt.
    Completion(String),
    /// A whole program.
    Solution(String),
}

impl Text {
    fn program(self, task: &Task) -> String {
        match self {
            Self::Solution(text) => text,
            Self::Completion(text) if stands_alone(&text, task) => text,
            Self::Completion(text) => format!("{}{text}", task.prompt),
        }
    }
}

/// Whether a completion repeats the function's head where the prompt is a bare head (HumanEvalFix), which could not be followed by
/// it. Prompts that end in a docstring are a whole function already and may be followed by anything.
fn stands_alone(completion: &str, task: &Task) -> bool {
    let bare = task.prompt.trim_end().ends_with(':');
    bare && completion
        .lines()
        .any(|line| line.strip_prefix("def ").is_some_and(|rest| rest.trim_start().starts_with(&task.entry_point)))
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

    fn add(&mut self, id: &str, place: &str, text: Text, row: Option<serde_json::Map<String, serde_json::Value>>) {
        match self.dataset.position(id) {
            Some(task) => self.add_at(task, text, row),
            None => self.unknown.push(format!("{id} ({place})")),
        }
    }

    fn add_at(&mut self, task: usize, text: Text, row: Option<serde_json::Map<String, serde_json::Value>>) {
        let program = text.program(&self.dataset.tasks[task]);
        self.samples.push(Sample { task, index: self.counts[task], program, row });
        self.counts[task] += 1;
    }

    fn finish(self, digest: String, stem: &str) -> Samples {
        Samples { samples: self.samples, unknown: self.unknown, digest, stem: stem.to_owned() }
    }
}
