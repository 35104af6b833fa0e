//! Prompts with the completions to learn: what `train` reads, one JSON object a line with `prompt`, `completion` and, if need be, `weight`.
//!
//! These are the field names of Hugging Face's TRL. Nothing is added to the texts; the token that ends an answer is the trainer's affair.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{blame::Blame, files::read_text};

/// A prompt with the completion to learn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The task it came from; for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub task_id: String,
    /// The prompt: what a model is asked.
    pub prompt: String,
    /// The completion: what it should answer.
    pub completion: String,
    /// The weight of each token of it, against those of other pairs.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: f32,
}

fn one() -> f32 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::float_cmp, reason = "as serde calls it; the default as written")]
fn is_one(weight: &f32) -> bool {
    *weight == 1.0
}

/// The reason why a file of pairs cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PairsError {
    /// The system refused.
    #[error("{path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A line that is no pair.
    #[error("{path}:{line}: {message}: a line is an object with `prompt` and `completion`, and perhaps `weight`")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// A file with nothing to learn.
    #[error("{path} has no pairs: `tracewright dataset pairs` writes some from a repair set with references")]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

impl Blame for PairsError {
    fn is_input(&self) -> bool {
        true
    }
}

/// Reads the pairs of a file, plain or compressed.
///
/// # Errors
///
/// A [`PairsError`] that names the file and the line.
pub fn read(path: &Path) -> Result<Vec<Pair>, PairsError> {
    let text = read_text(path).map_err(|source| PairsError::Read { path: path.to_owned(), source })?;
    let mut pairs = Vec::new();
    for (index, text) in text.lines().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let pair: Pair = serde_json::from_str(text).map_err(|error| PairsError::Line {
            path: path.to_owned(),
            line: index + 1,
            message: error.to_string(),
        })?;
        pairs.push(pair);
    }
    if pairs.is_empty() { Err(PairsError::Empty { path: path.to_owned() }) } else { Ok(pairs) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn schema_of_pairs() {
        crate::schema::read::<super::Pair>("pairs");
    }
}
