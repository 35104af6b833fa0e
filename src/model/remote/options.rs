//! The options of requests for completions.

use std::time::Duration;

use serde_json::{Map, Value};

use super::RemoteError;
use crate::http::Patience;

/// The options by which completions are asked for. What is `None` is not sent, and the server's own default holds.
///
/// Numbers are sent as they print: a `f32` made a `f64` would go out as 0.800000011920929.
#[derive(Debug, Clone)]
pub struct Options {
    /// The temperature; 0 for greedy. Always sent.
    pub temperature: f64,
    /// Nucleus sampling: the likeliest tokens that make up this probability, in (0, 1]. Always sent: servers take a default from the
    /// model's files.
    pub top_p: f64,
    /// Only the likeliest tokens, so many; -1 or 0 for all. Servers of one's own know it (vLLM, `SGLang`, llama.cpp), hosted ones mostly not.
    pub top_k: Option<i64>,
    /// Only tokens with at least this share of the likeliest one's probability, in [0, 1]. Known as `top_k` is.
    pub min_p: Option<f64>,
    /// A sample ends before any of these.
    pub stop: Vec<String>,
    /// The longest completion in tokens.
    pub max_tokens: Option<u32>,
    /// Every request is sent a seed derived from this one, the job's key and the index of its first sample. Servers take it as a hint:
    /// none promises the same text again, since batching and hardware change the arithmetic.
    pub seed: Option<u64>,
    /// Ask for the probabilities of the sampled tokens.
    pub logprobs: bool,
    /// The most samples to ask for in one request. With 1, the seed of a sample does not depend on how a run was cut up.
    pub samples_per_request: usize,
    /// More fields of the request, such as `chat_template_kwargs`. They replace those of the same name; null takes one out
    /// (`{"max_tokens": null, "max_completion_tokens": 512}` for models that want the newer name).
    pub extra: Map<String, Value>,
    /// The environment variable with the API key. `None`: `OPENAI_API_KEY`, where that is set and the server is reached by `https://` or is
    /// this machine (`localhost` or a loopback address); else no key is sent.
    pub api_key_variable: Option<String>,
    /// The most requests at the same time.
    pub concurrency: usize,
    /// The longest wait for a connection.
    pub connect_timeout: Duration,
    /// The longest wait for a whole answer, the connection included.
    pub timeout: Duration,
    /// The number of tries after the first one.
    pub max_retries: u32,
    /// The wait before the second try, doubled for each further one; each is shortened by up to half, so that requests do not come back
    /// together. Where the server asks for longer (`Retry-After`), the wait is that and up to `first_wait` more.
    pub first_wait: Duration,
    /// The longest wait between tries. A server that asks for a longer one is not waited for.
    pub longest_wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            temperature: 1.0,
            top_p: 1.0,
            top_k: None,
            min_p: None,
            stop: Vec::new(),
            max_tokens: None,
            seed: None,
            logprobs: false,
            samples_per_request: usize::MAX,
            extra: Map::new(),
            api_key_variable: None,
            concurrency: 8,
            connect_timeout: Duration::from_secs(30),
            timeout: Duration::from_mins(10),
            max_retries: 6,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_mins(2),
        }
    }
}

impl Options {
    /// The patience of requests: when and how often is asked again.
    pub(super) fn patience(&self) -> Patience {
        let Self { max_retries: retries, first_wait, longest_wait, seed, .. } = *self;
        Patience { retries, first_wait, longest_wait, seed: seed.unwrap_or(0) }
    }

    pub(super) fn check(&self) -> Result<(), RemoteError> {
        let wrong = |name, why| Err(RemoteError::Option { name, why });
        if !(self.temperature.is_finite() && self.temperature >= 0.0) {
            return wrong("temperature", "give a number that is not negative");
        }
        if !(self.top_p > 0.0 && self.top_p <= 1.0) {
            return wrong("top_p", "give a number above 0, at most 1");
        }
        if self.top_k.is_some_and(|value| value < -1) {
            return wrong("top_k", "give a number of tokens, or -1 for all");
        }
        if self.min_p.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            return wrong("min_p", "give a number from 0 to 1");
        }
        if self.max_tokens == Some(0) {
            return wrong("max_tokens", "give at least 1");
        }
        if !(1..=1024).contains(&self.concurrency) {
            return wrong("concurrency", "give 1 to 1024 (each is a thread)");
        }
        if self.samples_per_request == 0 {
            return wrong("samples_per_request", "give at least 1");
        }
        if self.timeout.is_zero() || self.connect_timeout.is_zero() {
            return wrong("timeout", "give more than 0 seconds");
        }
        Ok(())
    }
}
