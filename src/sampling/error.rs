//! The reason why sampling stopped.

use std::{io, path::PathBuf};

use super::PromptsError;
use crate::{
    blame::Blame,
    files::LockError,
    journal::JournalError,
    model::{
        ModelError,
        decode::{DecodeError, ParamsError},
        remote::RemoteError,
    },
    prompt::{PromptError, chat::ChatError},
    sandbox::Fault,
};

/// The reason why there are no samples, or no more.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SampleError {
    /// A task has nothing to repair.
    #[error("{task} has no buggy program: choose a repair dataset, such as humanevalfix or mini")]
    NoProgram {
        /// The first such task.
        task: String,
    },
    /// A parameter.
    #[error(transparent)]
    Params(#[from] ParamsError),
    /// The template or the exemplars.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// A prompt that cannot be made.
    #[error(transparent)]
    Prompts(#[from] PromptsError),
    /// The sample file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The sandbox that answers are read in.
    #[error(transparent)]
    Sandbox(#[from] Fault),
    /// A model on this machine.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// A server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// A server that refuses whatever it is asked.
    #[error("the server gives no sample for any prompt")]
    AllRefused(#[source] RemoteError),
    /// A server that gave no further answer.
    #[error("{kept} samples are kept; run the same command again to go on")]
    Unfinished {
        /// The number of samples in the file.
        kept: usize,
        /// The error that asking ended with.
        source: Box<SampleError>,
    },
}

impl Blame for SampleError {
    fn is_input(&self) -> bool {
        match self {
            Self::File(FileError::Lock(error)) => error.is_input(),
            Self::File(error) => matches!(error, FileError::Other { .. }),
            Self::Local(LocalError::Model(error) | LocalError::Decode(DecodeError::Model(error))) => error.is_input(),
            Self::Remote(error) | Self::AllRefused(error) => !matches!(
                error,
                RemoteError::Unavailable { .. }
                    | RemoteError::Wait { .. }
                    | RemoteError::Threads { .. }
                    | RemoteError::Protocol { .. }
            ),
            Self::Sandbox(_) => false,
            Self::Unfinished { source, .. } => source.is_input(),
            _ => true,
        }
    }
}

/// The reason why a sample file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The system refused.
    #[error("{path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file holds other samples.
    #[error("{path}:{line}: {message}: choose another --out, or pass --overwrite to discard what is there")]
    Other {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The difference, in words.
        message: String,
    },
    /// Another process writes to it.
    #[error(transparent)]
    Lock(#[from] LockError),
}

impl From<JournalError> for FileError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Read { path, source }
            | JournalError::ReadBack { path, source }
            | JournalError::Write { path, source } => Self::Io { path, source },
            JournalError::Line { path, line, message } => Self::Other { path, line, message },
        }
    }
}

/// The reason why a checkpoint cannot be sampled from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalError {
    /// The checkpoint or the runtime.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The tokenizer or decoding.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The chat template: there is one, and it cannot be used.
    #[error(
        "the model's chat template cannot be used (--plain, or `sampling.plain` of a configuration, takes plain prompts instead)"
    )]
    Chat(#[source] ChatError),
    /// A file that cannot be read.
    #[error("{path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The tokenizer and the model disagree.
    #[error(
        "{folder}: the tokenizer has a token {token}, the model only {model} tokens: are both of the same checkpoint?"
    )]
    Vocabulary {
        /// The checkpoint.
        folder: String,
        /// The tokenizer's last token.
        token: usize,
        /// The number of tokens of the model.
        model: usize,
    },
}
