//! The reason why decoding stopped.

use std::path::PathBuf;

use thiserror::Error;

use super::{super::ModelError, sampler::NotANumber};
use crate::blame::Blame;

/// The reason why decoding stopped. What was handed over before stands.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// The model could not run.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An option that cannot be met.
    #[error("option `{name}`: {problem}")]
    Option {
        /// The option.
        name: &'static str,
        /// The fault and the remedy, in words.
        problem: String,
    },
    /// The model gave another number of logits than it was asked for.
    #[error("the model gave {got} logits where {expected} were asked for: its vocabulary size does not fit its graph")]
    Logits {
        /// The number of values asked for.
        expected: usize,
        /// The number of values given.
        got: usize,
    },
    /// Logits that are no distribution: broken weights, or an overflow in half precision.
    #[error(
        "task `{key}`, sample {sample}, token {position}: {problem}; \
         check the weights for NaN, and run half-precision models in float32"
    )]
    NotANumber {
        /// The key of the task.
        key: String,
        /// The index of the sample.
        sample: usize,
        /// The position within the completion.
        position: usize,
        /// The value that was seen.
        problem: NotANumber,
    },
    /// The tokenizer's file cannot be read.
    #[error("{}: not a usable tokenizer.json: {problem}", path.display())]
    TokenizerFile {
        /// The file.
        path: PathBuf,
        /// The reader's error.
        problem: String,
    },
    /// The tokenizer failed on a text or on tokens.
    #[error("the tokenizer failed: {0}")]
    Tokenizer(String),
}

impl Blame for DecodeError {
    fn is_input(&self) -> bool {
        true
    }
}
