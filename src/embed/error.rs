//! Why the library could not do what it was asked for.

use crate::{blame::Blame, candidates::SamplesError, dataset::DatasetError, sandbox::Fault, scoring::RunError};

/// The reason why something was not done. Never says anything about a candidate: that is a [`Verdict`](crate::Verdict).
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Reason);

#[derive(Debug, thiserror::Error)]
enum Reason {
    #[error("{0}")]
    Input(String),
    #[error(transparent)]
    Fault(Fault),
    #[error(transparent)]
    Dataset(DatasetError),
    #[error(transparent)]
    Samples(SamplesError),
    #[error(transparent)]
    Run(RunError),
}

/// What is to blame for an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something given: a name, a file, a number.
    Input,
    /// The machine, which had no memory left. The next judgement works again when there is some.
    Memory,
    /// The machine, a file system or the sandbox itself.
    Machine,
}

impl Error {
    /// What is to blame.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0 {
            Reason::Input(_) | Reason::Dataset(_) | Reason::Samples(_) => ErrorKind::Input,
            Reason::Fault(Fault::Memory) | Reason::Run(RunError::Fault(Fault::Memory)) => ErrorKind::Memory,
            Reason::Run(error) if error.is_input() => ErrorKind::Input,
            Reason::Fault(_) | Reason::Run(_) => ErrorKind::Machine,
        }
    }

    pub(super) fn input(message: impl Into<String>) -> Self {
        Self(Reason::Input(message.into()))
    }
}

// Not derived: a conversion that users can see is part of the public face.
pub(super) fn of_fault(fault: Fault) -> Error {
    Error(Reason::Fault(fault))
}

pub(super) fn of_dataset(error: DatasetError) -> Error {
    Error(Reason::Dataset(error))
}

pub(super) fn of_samples(error: SamplesError) -> Error {
    Error(Reason::Samples(error))
}

pub(super) fn of_run(error: RunError) -> Error {
    Error(Reason::Run(error))
}
