//! The reason why the loop stopped.

use std::{io, path::PathBuf};

use crate::{
    blame::Blame,
    candidates::SamplesError,
    dataset::DatasetError,
    files::{self, FolderError, LockError},
    journal::JournalError,
    pairs::PairsError,
    sampling::{LocalError, SampleError},
    sandbox::Fault,
    scoring::RunError,
    train::TrainError,
};

/// The reason why self-training or proxy evaluation stopped. What was written before stands, and the same command goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SelfTrainError {
    /// The configuration.
    #[error("{}: {message}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// The fault, in words.
        message: String,
    },
    /// A file of the run could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file of the run is not what it should be.
    #[error("{}: {message}", path.display())]
    Format {
        /// The file or folder.
        path: PathBuf,
        /// The fault, in words.
        message: String,
    },
    /// The folder holds another run.
    #[error("{} holds another run (different {what}): choose another --out", path.display())]
    OtherRun {
        /// The folder.
        path: PathBuf,
        /// The differences, in words.
        what: String,
    },
    /// Another process writes to the folder.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A task of one set is in another.
    #[error("task {task} of `{one}` is also in `{other}`: results on a set that was learnt from mean nothing")]
    Overlap {
        /// The task.
        task: String,
        /// The set.
        one: String,
        /// The other.
        other: String,
    },
    /// The base model solves everything.
    #[error(
        "no problem is hard: the base model's pass@1 is {threshold} or more on all {tasks}; raise `filter.threshold`, or take harder problems"
    )]
    NothingHard {
        /// The number of problems looked at.
        tasks: usize,
        /// The threshold.
        threshold: f64,
    },
    /// No sample passed.
    #[error(
        "iteration {iteration}: of {samples} samples of {tasks} problems, {passing} pass and none became a pair; all files are kept. \
         {advice}"
    )]
    NoPairs {
        /// The iteration, from 0.
        iteration: usize,
        /// The number of problems sampled.
        tasks: usize,
        /// The number of samples.
        samples: usize,
        /// The number of samples that pass.
        passing: usize,
        /// The advice.
        advice: &'static str,
    },
    /// A dataset.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// Sampling.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// Reading samples.
    #[error(transparent)]
    Samples(#[from] SamplesError),
    /// Reading pairs.
    #[error(transparent)]
    Pairs(#[from] PairsError),
    /// Judging.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Training.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// Training by somebody else's command.
    #[error("the trainer {program} {problem}; what was there before is kept{log}")]
    Trainer {
        /// The program.
        program: String,
        /// The fault, in words.
        problem: String,
        /// The place of its log with the last lines, or nothing.
        log: String,
    },
    /// Writing.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The harness.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Candidates that the harness could not judge.
    #[error("{count} candidates could not be judged; run the same command again for them")]
    Unjudged {
        /// The number of candidates.
        count: usize,
    },
}

impl Blame for SelfTrainError {
    fn is_input(&self) -> bool {
        match self {
            Self::File { source, .. } => files::is_input(source),
            Self::Lock(error) => error.is_input(),
            Self::Sample(error) => error.is_input(),
            Self::Run(error) => error.is_input(),
            Self::Train(error) => error.is_input(),
            Self::Folder(error) => error.is_input(),
            Self::Fault(_) | Self::Unjudged { .. } => false,
            _ => true,
        }
    }
}

impl From<JournalError> for SelfTrainError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Read { path, source }
            | JournalError::ReadBack { path, source }
            | JournalError::Write { path, source } => Self::File { path, source },
            JournalError::Line { path, line, message } => {
                Self::Format { path, message: format!("line {line}: {message}") }
            }
        }
    }
}

impl SelfTrainError {
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl From<LocalError> for SelfTrainError {
    fn from(error: LocalError) -> Self {
        Self::Sample(error.into())
    }
}
