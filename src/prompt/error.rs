//! The reason why there is no prompt.

use std::path::Path;

/// The reason why a prompt could not be made. Every message names the file, and the line where there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    /// A file that cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// A prompt template that does not compile or does not render.
    #[error("{name}:{line}: {message}")]
    Template {
        /// The template's file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// A prompt template that lacks a part.
    #[error("{name}: the template {message}; compare it with the built-in one")]
    Part {
        /// The template's file.
        name: String,
        /// The part that it lacks, in words.
        message: String,
    },
    /// A file of exemplars that cannot be used.
    #[error("{name}:{line}: {message}")]
    Exemplars {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// A request for more shots than there are exemplars.
    #[error("{name} has {available} exemplars, {wanted} are wanted: ask for fewer shots or add exemplars")]
    TooFew {
        /// The file.
        name: String,
        /// The number of exemplars in the file.
        available: usize,
        /// The number that was asked for.
        wanted: usize,
    },
    /// The condition shows traces, and this has none.
    #[error("{what} has no trace: give it one or use a condition without traces")]
    NoTrace {
        /// The problem, or the exemplar and its number.
        what: String,
    },
    /// The condition shows rationales, and this has none.
    #[error("{what} has no rationale: give it one or use a condition without rationales")]
    NoRationale {
        /// The exemplar and its number.
        what: String,
    },
}

/// A file's name, as messages have it, and its text.
pub(super) fn read(path: &Path) -> Result<(String, String), PromptError> {
    let name = path.display().to_string();
    match crate::files::read_text(path) {
        Ok(text) => Ok((name, text)),
        Err(source) => Err(PromptError::Read { path: name, source }),
    }
}
