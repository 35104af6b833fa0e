//! The choice of tokens, and the end of a completion.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The parameters by which tokens are chosen and a completion ends.
///
/// The filters apply in the order of Hugging Face's `generate` (`_get_logits_processor`): temperature, top-k, top-p, min-p, each on
/// the renormalised rest of the one before. vLLM's order (temperature, min-p, top-k, top-p) gives the same distribution unless
/// both min-p and top-p are in use: then Hugging Face's top-p sees the probabilities before min-p, vLLM's those after it.
///
/// - *top-k* keeps the k likeliest tokens, and all that tie with the last of them, as both do.
/// - *top-p* keeps the likeliest tokens up to the one with which their probability reaches p (Holtzman et al. 2020); of equally
///   likely ones those with the lowest id.
/// - *min-p* keeps tokens at least min-p times as likely as the likeliest (Nguyen et al. 2024).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingParams {
    /// Divides the logits; 0 always takes the likeliest token, the one with the lowest id where several tie.
    pub temperature: f32,
    /// The probability that the likeliest tokens kept reach together; 1 keeps all.
    pub top_p: f32,
    /// The number of likeliest tokens that are kept; 0 keeps all.
    pub top_k: usize,
    /// The least probability, as a share of the likeliest token's; 0 keeps all.
    pub min_p: f32,
    /// The most tokens of a completion, its end-of-sequence token included.
    pub max_new_tokens: usize,
    /// The texts that end a completion, which is cut before them. The name of a special token, such as `<|im_end|>`, stands for the token.
    pub stop: Vec<String>,
    /// Seeds the randomness, together with the task's key and the sample's index.
    pub seed: u64,
}

impl Default for SamplingParams {
    fn default() -> Self {
        Self { temperature: 1.0, top_p: 1.0, top_k: 0, min_p: 0.0, max_new_tokens: 512, stop: Vec::new(), seed: 0 }
    }
}

/// A parameter out of its range.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("sampling parameter `{name}` is {value}; it must be {range}")]
pub struct ParamsError {
    /// The parameter.
    pub name: &'static str,
    /// The parameter's value.
    pub value: String,
    /// The allowed values.
    pub range: &'static str,
}

impl SamplingParams {
    /// The likeliest token always, up to `max_new_tokens`.
    #[must_use]
    pub fn greedy(max_new_tokens: usize) -> Self {
        Self { temperature: 0.0, max_new_tokens, ..Self::default() }
    }

    /// Whether every parameter is in its range.
    ///
    /// # Errors
    ///
    /// The first that is not.
    pub fn check(&self) -> Result<(), ParamsError> {
        let error = |name, value: &dyn ToString, range| Err(ParamsError { name, value: value.to_string(), range });
        if !(self.temperature.is_finite() && self.temperature >= 0.0) {
            return error("temperature", &self.temperature, "a finite number, 0 or more");
        }
        if !(self.top_p > 0.0 && self.top_p <= 1.0) {
            return error("top_p", &self.top_p, "above 0 and at most 1");
        }
        if !(0.0..=1.0).contains(&self.min_p) {
            return error("min_p", &self.min_p, "between 0 and 1");
        }
        if self.max_new_tokens == 0 {
            return error("max_new_tokens", &self.max_new_tokens, "at least 1");
        }
        if self.stop.iter().any(String::is_empty) {
            return error("stop", &"an empty text", "texts of at least one character");
        }
        Ok(())
    }
}
