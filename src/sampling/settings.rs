//! The settings that determine samples, besides the dataset and the model.

use serde::Serialize;

use crate::{model::decode::SamplingParams, prompt::Condition};

/// The settings of prompts and answers. Two runs with equal settings over the same files give equal samples (on the same kind of device).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// The number of samples for each task.
    pub n: usize,
    /// The softmax temperature; 0 takes the likeliest token.
    pub temperature: f64,
    /// The probability that the likeliest tokens kept reach together; 1 keeps all.
    pub top_p: f64,
    /// The number of likeliest tokens that are kept; 0 keeps all.
    pub top_k: usize,
    /// The least probability, as a share of the likeliest token's; 0 keeps all.
    pub min_p: f64,
    /// The longest answer in tokens.
    pub max_new_tokens: usize,
    /// The seed of all randomness.
    pub seed: u64,
    /// The things that prompts show and ask for.
    pub condition: Condition,
    /// Worked repairs before the task.
    pub shots: usize,
    /// Whether prompts are plain though the model has a chat template.
    pub plain: bool,
    /// The longest sequence in tokens, of the prompt and the answer; nothing for the model's own.
    pub context: Option<usize>,
}

impl Default for Settings {
    /// The paper's settings of sampling: 32 at temperature 0.8, with traces and rationales, after 3 exemplars.
    fn default() -> Self {
        Self {
            n: 32,
            temperature: 0.8,
            top_p: 1.0,
            top_k: 0,
            min_p: 0.0,
            max_new_tokens: 512,
            seed: 0,
            condition: Condition::default(),
            shots: 3,
            plain: false,
            context: None,
        }
    }
}

impl Settings {
    /// The part that decoding wants, with these stop strings.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "models compute in 32 bits")]
    pub fn params(&self, stop: Vec<String>) -> SamplingParams {
        SamplingParams {
            temperature: self.temperature as f32,
            top_p: self.top_p as f32,
            top_k: self.top_k,
            min_p: self.min_p as f32,
            max_new_tokens: self.max_new_tokens,
            stop,
            seed: self.seed,
        }
    }
}
