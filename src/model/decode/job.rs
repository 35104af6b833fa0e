//! Jobs of a generator, and what comes out of them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::params::{ParamsError, SamplingParams};

/// One prompt and the samples wanted of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The task's key: it names the results and seeds the randomness.
    pub key: String,
    /// The prompt's tokens.
    pub prompt: Vec<u32>,
    /// The indices of the samples wanted: `0..n`, or those missing where a run is resumed.
    pub samples: Vec<usize>,
    /// The parameters by which tokens are chosen.
    pub params: SamplingParams,
}

impl Job {
    /// A job for the samples `0..count` of a prompt.
    #[must_use]
    pub fn new(key: impl Into<String>, prompt: Vec<u32>, count: usize, params: SamplingParams) -> Self {
        Self { key: key.into(), prompt, samples: (0..count).collect(), params }
    }
}

/// The reason why a completion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model ended it with an end-of-sequence token.
    Eos,
    /// A stop string appeared.
    Stop,
    /// The completion reached `max_new_tokens`.
    Length,
    /// The prompt and the completion fill the context.
    Context,
}

/// One finished sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The key of its task.
    pub key: String,
    /// The sample's index within the task.
    pub sample: usize,
    /// All tokens chosen: with the end-of-sequence token, and with the tokens of the stop string.
    pub tokens: Vec<u32>,
    /// The text of the tokens without end-of-sequence and other special tokens, cut before the stop string.
    pub text: String,
    /// The reason why it ended.
    pub reason: FinishReason,
    /// The natural logarithm of each token's probability in the model's own distribution, before temperature and filters.
    pub log_probabilities: Vec<f32>,
    /// The sum of these logarithms: the logarithm of the probability of all tokens together.
    pub log_probability: f64,
}

/// A job that cannot be decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The key of its task.
    pub key: String,
    /// The samples that there will not be.
    pub samples: Vec<usize>,
    /// The reason.
    pub reason: RefusalReason,
}

/// The reason why a job cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RefusalReason {
    /// The prompt leaves no room for a single token.
    #[error("the prompt has {tokens} tokens, the context of {context} leaves room for {} at most", context.saturating_sub(1))]
    PromptTooLong {
        /// The number of tokens of the prompt.
        tokens: usize,
        /// The number of tokens that a sequence may have.
        context: usize,
    },
    /// The prompt is empty: there is nothing to go on.
    #[error("the prompt has no tokens; begin it with the model's beginning-of-sequence token")]
    EmptyPrompt,
    /// A token that the model does not have.
    #[error("the prompt holds token {token}, the model's vocabulary has {vocabulary}: tokenizer and model do not fit")]
    UnknownToken {
        /// The token.
        token: u32,
        /// The size of the vocabulary.
        vocabulary: usize,
    },
    /// A sampling parameter out of range.
    #[error(transparent)]
    Params(#[from] ParamsError),
}

/// An outcome that a generator hands over.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A finished sample.
    Completion(Completion),
    /// A job that cannot be decoded.
    Refusal(Refusal),
}

/// The statistics of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The calls of the model's `forward`.
    pub calls: u64,
    /// The calls among them that only fill the cache with prompts.
    pub prefill_calls: u64,
    /// The tokens of prompts that were run.
    pub prompt_tokens: u64,
    /// The tokens of prompts that were found in the cache instead: in the sample's own slot, or copied from another.
    pub reused_tokens: u64,
    /// The tokens chosen.
    pub new_tokens: u64,
    /// The tokens drafted by speculation.
    pub drafted: u64,
    /// The drafted tokens that were accepted.
    pub accepted: u64,
    /// The samples finished.
    pub completions: u64,
    /// The jobs refused.
    pub refused_jobs: u64,
    /// The samples that those jobs asked for.
    pub refused_samples: u64,
}
