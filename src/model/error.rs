//! The errors of local models.

use std::{io, path::PathBuf};

use crate::{
    blame::Blame,
    files::{self, FolderError},
    hub::FetchError,
};

/// The reason why a model cannot be loaded or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A configuration file is malformed.
    #[error("{}: {problem}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// The field, and the fault.
        problem: String,
    },
    /// The model needs something that is not implemented.
    #[error("{}: `{field}` is {value}, which is not supported: {supported}", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// The field.
        field: String,
        /// The field's value.
        value: String,
        /// The values that would do.
        supported: String,
    },
    /// A weight file is damaged, incomplete or does not fit the configuration.
    #[error("{}: {problem}", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// The fault, with the name of the tensor where there is one.
        problem: String,
    },
    /// A repository has no checkpoint that can be opened here.
    #[error("{repo} on the hub: {problem}")]
    Published {
        /// The repository.
        repo: String,
        /// The fault and the remedy, in words.
        problem: String,
    },
    /// A checkpoint could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A folder could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The caller asked for what the model cannot do.
    #[error("{0}")]
    Request(String),
    /// ONNX Runtime's shared library cannot be had.
    #[error("ONNX Runtime: {0}")]
    Library(String),
    /// ONNX Runtime failed.
    #[error("ONNX Runtime, {doing}: {message}")]
    Runtime {
        /// The work that it was doing.
        doing: &'static str,
        /// The runtime's message.
        message: String,
    },
}

impl Blame for ModelError {
    fn is_input(&self) -> bool {
        match self {
            Self::Runtime { .. } => false,
            Self::File { source, .. } => files::is_input(source),
            Self::Folder(error) => error.is_input(),
            Self::Fetch(error) => error.is_input(),
            _ => true,
        }
    }
}

impl ModelError {
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Maps an error of `ort`, of any of its kinds.
    pub(super) fn runtime<R>(doing: &'static str) -> impl FnOnce(ort::Error<R>) -> Self {
        move |error| Self::Runtime { doing, message: error.message().to_owned() }
    }
}
