//! Why sampling stopped.

use super::{FileError, LocalError, PromptsError};
use crate::{
    model::{
        decode::{DecodeError, ParamsError},
        remote::RemoteError,
    },
    prompt::PromptError,
    sandbox::Fault,
};

/// Why there are no samples, or no more.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SampleError {
    /// Nothing to repair.
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
    #[error("the server gives no sample for any prompt: {0}")]
    AllRefused(RemoteError),
}

impl SampleError {
    /// Whether what the user gave is at fault, and not the machine or a server that is down.
    #[must_use]
    pub fn is_input(&self) -> bool {
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
            _ => true,
        }
    }
}
