//! The reason why a run stopped.

use std::{io, path::PathBuf};

use crate::{blame::Blame, files::LockError, journal::JournalError};

/// The reason why a run folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The system refused.
    #[error("{what} {path}")]
    Io {
        /// The step that was tried.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The folder cannot be used.
    #[error("{what} {path}\nChoose another --out, or see to it that this one can be made and written to")]
    Folder {
        /// The step that was tried.
        what: &'static str,
        /// The folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A result could not be written.
    #[error(
        "cannot write {path}\nWhat was judged so far is kept: {}, then run the same command again to go on",
        remedy(source)
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The folder holds something else.
    #[error(
        "{path} holds the verdicts of another run (different {differs}): choose another --out, or pass --overwrite to discard them"
    )]
    Other {
        /// The folder.
        path: PathBuf,
        /// The difference, in words.
        differs: String,
    },
    /// The folder holds verdicts of candidates that are not among those to judge.
    #[error(
        "{path} holds the verdicts of different samples: {count} of its programs are not among these, such as {example}\nMore samples can be added to a run, others cannot: choose another --out, or pass --overwrite to discard them"
    )]
    OtherSamples {
        /// The folder.
        path: PathBuf,
        /// The number of such programs.
        count: usize,
        /// One of them.
        example: String,
    },
    /// Another process writes to it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A wish about the samples' fields that makes no sense.
    #[error("{0}")]
    Field(String),
    /// A line that is not what it should be.
    #[error(
        "{path}:{line}: {message}: remove the line to judge its candidate again, or pass --overwrite to start over"
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The fault, in words.
        message: String,
    },
    /// A fault of the sandbox before anything was judged.
    #[error(transparent)]
    Fault(#[from] crate::sandbox::Fault),
}

impl Blame for RunError {
    fn is_input(&self) -> bool {
        match self {
            Self::Other { .. } | Self::OtherSamples { .. } | Self::Line { .. } | Self::Field(_) => true,
            Self::Lock(error) => error.is_input(),
            _ => false,
        }
    }
}

impl From<JournalError> for RunError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Read { path, source } => Self::Io { what: "cannot read", path, source },
            JournalError::ReadBack { path, source } => Self::Io { what: "cannot read back", path, source },
            JournalError::Write { path, source } => Self::Write { path, source },
            JournalError::Line { path, line, message } => Self::Line { path, line, message },
        }
    }
}

fn remedy(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "free some space",
        _ => "see to it that the folder can be written to",
    }
}

/// The reason why a file was not written: the system refused, or what was to be written cannot be had.
#[derive(Debug)]
pub(super) enum WriteError {
    Out(io::Error),
    Run(RunError),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        Self::Out(error.into())
    }
}

impl From<JournalError> for WriteError {
    fn from(error: JournalError) -> Self {
        Self::Run(error.into())
    }
}

impl From<RunError> for WriteError {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}
