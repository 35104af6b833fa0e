//! Jobs for a server, and what comes back.

use std::sync::Arc;

use super::RemoteError;
use crate::prompt::Message;

/// The text that the model continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// A conversation, for `/chat/completions`: the server applies the model's chat template.
    Messages(Vec<Message>),
    /// Plain text, for `/completions`: the model continues it as it is.
    Text(String),
}

/// The samples wanted of one prompt.
#[derive(Debug, Clone)]
pub struct Job {
    /// The task's name: comes back with every sample, and seeds depend on it.
    pub key: String,
    /// The text that the model continues.
    pub prompt: Prompt,
    /// The index of the first sample, where a run goes on that has some already.
    pub first_index: usize,
    /// The number of samples.
    pub n: usize,
}

/// The samples `first..first + n` of a job.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) job: Arc<Job>,
    pub(super) first: usize,
    pub(super) n: usize,
    /// The number of samples behind these, held back until it is known whether the server gives any one by one.
    pub(super) held: usize,
}

/// One sample, or why there is none. Every index of every job comes back exactly once, in the order in which they finish.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The job's key.
    pub key: String,
    /// The index within the task, from the job's `first_index`.
    pub index: usize,
    /// The sample.
    pub result: Result<Completion, RemoteError>,
}

/// One sample as the server gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The text; empty where the server gave none, and `finish_reason` says why.
    pub text: String,
    /// The thoughts of a reasoning model before it answered, where the server tells it apart (`reasoning_content` or `reasoning`).
    pub reasoning: Option<String>,
    /// The reason why it ended, in the server's word: `stop` at the model's end or a stop sequence, `length` at the limit of tokens,
    /// `content_filter`, `tool_calls`; empty where the server does not say. Samples that the server broke off (`abort`, `error`) are asked
    /// for again.
    pub finish_reason: String,
    /// The number of tokens of the completion, where the server says so for this sample alone.
    pub tokens: Option<u64>,
    /// The sum of the natural logarithms of the tokens' probabilities, where the server gives them.
    pub logprob: Option<f64>,
}
