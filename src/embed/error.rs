//! The reason why the library could not do what it was asked for.

use std::fmt;

use crate::{
    blame::{self, Blame},
    candidates::SamplesError,
    dataset::DatasetError,
    sandbox::Fault,
    scoring::RunError,
};

/// The reason why something was not done. Never says anything about a candidate: that is a [`Verdict`](crate::Verdict).
///
/// The text names the causes too, so there is no source.
#[derive(Debug)]
pub struct Error(Reason);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blame::told(&self.0))
    }
}

impl std::error::Error for Error {}

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

impl Blame for Reason {
    fn is_input(&self) -> bool {
        match self {
            Self::Input(_) => true,
            Self::Fault(error) => error.is_input(),
            Self::Dataset(error) => error.is_input(),
            Self::Samples(error) => error.is_input(),
            Self::Run(error) => error.is_input(),
        }
    }
}

/// The thing that is to blame for an [`Error`].
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
    /// Returns the thing that is to blame.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0 {
            Reason::Fault(Fault::Memory) | Reason::Run(RunError::Fault(Fault::Memory)) => ErrorKind::Memory,
            reason if reason.is_input() => ErrorKind::Input,
            _ => ErrorKind::Machine,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_the_causes_once() {
        let source = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let error = of_dataset(DatasetError::Read { path: "tasks.jsonl".to_owned(), source });
        assert_eq!(error.to_string(), "cannot read tasks.jsonl: permission denied");
        assert!(std::error::Error::source(&error).is_none() && error.kind() == ErrorKind::Input);
    }
}
