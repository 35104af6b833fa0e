//! Datasets: the published benchmarks as they are published, the bundled one, and a user's own.
//!
//! | name | tasks | tests |
//! |---|---|---|
//! | `mini` | repair tasks bundled with this program | visible and hidden asserts |
//! | `humaneval` | HumanEval | its `check` |
//! | `humanevalplus`, `humanevalplus-mini` | HumanEval+ | base and plus inputs |
//! | `humanevalfix` | HumanEvalFix (OctoPack), Python: buggy programs | its `check` |
//! | `humanevalfixplus` | HumanEvalFix's buggy programs with EvalPlus's tests: the paper's `HeFix`+ | base and plus inputs |
//! | `mbpp`, `mbpp:train`, `mbpp:validation`, `mbpp:test`, `mbpp:prompt` | MBPP and its own splits | its asserts |
//! | `mbpp-sanitized` | the hand-verified MBPP, with the same splits | its asserts |
//! | `mbppplus` | MBPP+ | base and plus inputs |
//! | `mbpp-r:train`, `mbpp-r:dev` | a repair set in the style of the paper's Mbpp-R | MBPP's asserts |
//! | `cruxeval` | CRUXEval's programs | one assert each |
//!
//! Named sets are looked for in the data directory (`--data`, `$TRACEWRIGHT_DATA`); a path to a file of any of these formats, or of
//! [the native one](read::native), works in place of a name.
//!
//! Two floors lie here. What reads tasks, here and in [`read`] and `fetch`, knows nothing of a judge. What makes sets ([`make`]) and checks them
//! ([`verify`]) judges, and reads candidates for it: it lies above both, and nothing of the first floor uses it.

mod catalog;
#[cfg(feature = "fetch")]
pub mod fetch;
mod list;
pub mod make;
mod open;
pub mod read;
pub mod verify;

use std::{collections::HashMap, sync::Arc};

pub use catalog::{Catalog, CatalogEntry, DataDir};
pub use list::{Listed, list};
pub use open::{MINI_CANDIDATES, open, open_task, parse};
pub use read::mbpp_split;

use crate::{blame::Blame, task::Task};

/// A dataset, read and checked.
#[derive(Debug)]
pub struct Dataset {
    /// The name it was asked for by.
    pub name: String,
    /// The dataset's tasks, in the order of the file.
    pub tasks: Vec<Arc<Task>>,
    /// The digest of the files it was read from.
    pub digest: String,
    index: HashMap<String, usize>,
}

impl Dataset {
    fn new(name: &str, tasks: Vec<Task>, digest: String) -> Result<Self, DatasetError> {
        Self::of(name, tasks.into_iter().map(Arc::new).collect(), digest)
    }

    /// A dataset of these tasks.
    ///
    /// # Errors
    ///
    /// Two have one name.
    pub fn of(name: &str, tasks: Vec<Arc<Task>>, digest: String) -> Result<Self, DatasetError> {
        let mut index = HashMap::with_capacity(tasks.len());
        for (position, task) in tasks.iter().enumerate() {
            if index.insert(task.id.clone(), position).is_some() {
                return Err(DatasetError::Duplicate { name: name.to_owned(), id: task.id.clone() });
            }
        }
        Ok(Self { name: name.to_owned(), tasks, digest, index })
    }

    /// The tasks at these positions, in this order, as a dataset of its own.
    ///
    /// # Errors
    ///
    /// A position stands twice.
    pub fn subset(&self, positions: &[usize]) -> Result<Self, DatasetError> {
        let tasks: Vec<Arc<Task>> =
            positions.iter().filter_map(|&position| self.tasks.get(position).map(Arc::clone)).collect();
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.digest.as_bytes());
        for task in &tasks {
            hasher.update(task.id.as_bytes()).update(b"\0");
        }
        Self::of(&self.name, tasks, hasher.finalize().to_hex().to_string())
    }

    /// The position of the task that a sample means by `id`: its own name, or what other releases of the same benchmark
    /// call it (`Python/3` and `HumanEval/3`; `11`, `MBPP/11` and `Mbpp/11`).
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        names(id).iter().find_map(|name| self.index.get(name).copied())
    }
}

/// The names that a task may have whom a sample calls `id`, the likeliest first.
fn names(id: &str) -> Vec<String> {
    let mut names = vec![id.to_owned()];
    let (family, number) = id.rsplit_once('/').unwrap_or(("", id));
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return names;
    }
    let families: &[&str] = match family.to_ascii_lowercase().as_str() {
        "humaneval" | "python" => &["HumanEval", "Python"],
        "mbpp" => &["Mbpp"],
        "" => &["Mbpp", "HumanEval", "Python"],
        _ => &[],
    };
    names.extend(families.iter().map(|family| format!("{family}/{number}")));
    names
}

/// The reason why a dataset cannot be used. Every message names the file and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// The text is neither a name nor a path.
    #[error("there is no dataset `{name}`: it is neither a file nor one of {known}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A named set without a data directory.
    #[error(
        "dataset `{name}` is not in the data directory {directory}: looked for {files}\nPass --data DIR (or set TRACEWRIGHT_DATA) to say where the published files are"
    )]
    NotThere {
        /// The name that was asked for.
        name: String,
        /// The directory where it was looked for.
        directory: String,
        /// The file names that would do.
        files: String,
    },
    /// A file that could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// A line that is not what it should be.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The fault and the remedy, in words.
        message: String,
    },
    /// A file that is not of a known format.
    #[error("{path}: {message}")]
    Format {
        /// The file.
        path: String,
        /// The fault and the remedy, in words.
        message: String,
    },
    /// Two tasks of one name.
    #[error("dataset `{name}` has two tasks `{id}`")]
    Duplicate {
        /// The dataset.
        name: String,
        /// The task.
        id: String,
    },
}

impl Blame for DatasetError {
    fn is_input(&self) -> bool {
        true
    }
}
