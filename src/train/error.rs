//! Errors of training.

use std::{io, path::PathBuf};

use crate::{
    blame::Blame,
    files::{self, FolderError, LockError},
    journal::JournalError,
    model::ModelError,
};

/// The reason why a model cannot be trained or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// The checkpoint to start from is not usable.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {problem}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The fault, in words.
        problem: String,
    },
    /// A tokenizer could not be fitted.
    #[error("fitting a tokenizer: {0}")]
    Tokenizer(String),
    /// An option has a value that makes no sense.
    #[error("option `{option}`: {problem}")]
    Option {
        /// The option's name.
        option: &'static str,
        /// The fault and the remedy, in words.
        problem: String,
    },
    /// An example cannot be trained on.
    #[error("{set} example {index}: {problem}")]
    Example {
        /// `training` or `dev`.
        set: &'static str,
        /// The example, from 0.
        index: usize,
        /// The fault, in words.
        problem: String,
    },
    /// The run folder holds the state of another run: other options, examples or weights.
    #[error("{}: another run was begun here, with other {what}; name another folder, or delete this one", path.display())]
    OtherRun {
        /// The run folder.
        path: PathBuf,
        /// The differences, in words.
        what: String,
    },
    /// Another process trains here.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The folder for the result is already there.
    #[error("{}: it exists already and is not overwritten; name another folder", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The loss or a gradient is no longer a number. What was last saved is kept.
    #[error(
        "step {step}: {what} is {value}; the run folder holds the state after step {saved}. Try a lower learning rate or stronger clipping"
    )]
    Diverged {
        /// The step that was to be taken, from 1.
        step: usize,
        /// `the loss` or `the gradient's norm`.
        what: &'static str,
        /// The value that is no finite number.
        value: f64,
        /// The last step whose state is saved; 0 where none is.
        saved: usize,
    },
    /// [`Progress::stop`](super::Progress::stop) asked for it; the state is saved.
    #[error("stopped after step {step}; the same call goes on from there")]
    Stopped {
        /// The last step that was taken.
        step: usize,
    },
}

impl Blame for TrainError {
    fn is_input(&self) -> bool {
        match self {
            Self::Model(error) => error.is_input(),
            Self::File { source, .. } => files::is_input(source),
            Self::Lock(error) => error.is_input(),
            Self::Tokenizer(_) | Self::Stopped { .. } => false,
            _ => true,
        }
    }
}

impl From<FolderError> for TrainError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Taken { path } | FolderError::Exists { path } => Self::Exists { path },
            FolderError::Io { path, source } => Self::File { path, source },
        }
    }
}

impl From<JournalError> for TrainError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Read { path, source }
            | JournalError::ReadBack { path, source }
            | JournalError::Write { path, source } => Self::File { path, source },
            JournalError::Line { path, line, message } => {
                Self::Format { path, problem: format!("line {line}: {message}") }
            }
        }
    }
}

impl TrainError {
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    pub(super) fn format(path: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        Self::Format { path: path.into(), problem: problem.into() }
    }
}
