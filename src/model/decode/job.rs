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
    /// Indices of the samples wanted: `0..n`, or those missing where a run is resumed.
    pub samples: Vec<usize>,
    /// The parameters by which tokens are chosen.
    pub params: SamplingParams,
}

impl Job {
    /// Samples `0..count` of a prompt.
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
    /// Prompt and completion fill the context.
    Context,
}

/// One finished sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// Key of its task.
    pub key: String,
    /// The sample's index within the task.
    pub sample: usize,
    /// All tokens chosen: with the end-of-sequence token, and with the tokens of the stop string.
    pub tokens: Vec<u32>,
    /// Their text without end-of-sequence and other special tokens, cut before the stop string.
    pub text: String,
    /// The reason why it ended.
    pub reason: FinishReason,
    /// The natural logarithm of each token's probability in the model's own distribution, before temperature and filters.
    pub log_probabilities: Vec<f32>,
    /// Their sum: the logarithm of the probability of all tokens together.
    pub log_probability: f64,
}

/// A job that cannot be decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Key of its task.
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
        /// Tokens of the prompt.
        tokens: usize,
        /// Tokens that a sequence may have.
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
        /// Size of the vocabulary.
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

/// Statistics of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Calls of the model's `forward`.
    pub calls: u64,
    /// Calls among them that only fill the cache with prompts.
    pub prefill_calls: u64,
    /// Tokens of prompts that were run.
    pub prompt_tokens: u64,
    /// Tokens of prompts that were found in the cache instead: in the sample's own slot, or copied from another.
    pub reused_tokens: u64,
    /// Tokens chosen.
    pub new_tokens: u64,
    /// Tokens drafted by speculation.
    pub drafted: u64,
    /// Drafted tokens that were accepted.
    pub accepted: u64,
    /// Samples finished.
    pub completions: u64,
    /// Jobs refused.
    pub refused_jobs: u64,
    /// Samples that those jobs asked for.
    pub refused_samples: u64,
}
