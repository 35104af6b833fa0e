//! The options of training.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::TrainError;
use crate::files::read_text;

/// The options of training. What a configuration does not say has the default given with each field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The seed of the order of examples and of the adapters' first weights. 0.
    pub seed: u64,
    /// The number of passes over the examples; at least 1. 3.
    pub epochs: usize,
    /// The number of steps after which training ends, if the epochs have more. None.
    pub max_steps: Option<usize>,
    /// The number of examples per step; the last step of an epoch may have fewer. 8.
    pub batch: usize,
    /// The examples of a step are packed into rows of at most this many tokens, whose gradients are added up; a longer example has a row of
    /// its own. Rows are computed at the same time, a few on each thread, so it decides about memory and speed; about results, rounding apart,
    /// it does not. 1024.
    pub row: usize,
    /// The treatment of an example that the model's context does not hold. Refuse it.
    pub too_long: TooLong,
    /// The highest learning rate. 0.00002, as is usual for whole models; adapters take ten times as much, models without training more.
    pub learning_rate: f64,
    /// The number of steps in which the learning rate rises in a straight line from 0 (not included). 0.
    pub warmup: usize,
    /// The share of the learning rate that the cosine falls to at the last step; 1 for a constant rate. 0.1.
    pub final_share: f64,
    /// The decay of the gradients' running mean. 0.9.
    pub beta1: f64,
    /// The decay of the squared gradients' running mean. 0.999.
    pub beta2: f64,
    /// The number added to the root of that mean. 1e-8.
    pub epsilon: f64,
    /// The decoupled weight decay, of matrices only: neither normalisations nor biases decay. 0.01.
    pub weight_decay: f64,
    /// The longest that the gradient of all parameters together may be (Euclidean norm); 0 for any length. 1.
    pub clip: f64,
    /// Whether blocks are computed again for the gradient in place of keeping what they computed: a third more time, and memory for the
    /// inputs of all blocks and the inside of one. False.
    pub checkpointing: bool,
    /// The number of steps between evaluations on the dev examples, which also come after the last step; none for the end of each epoch.
    /// None.
    pub evaluate_every: Option<usize>,
    /// The number of evaluations without a new best loss after which training stops. None: it never stops early.
    pub patience: Option<usize>,
    /// The number of steps between saved states. The last one is kept. 100.
    pub save_every: usize,
    /// The adapters that are trained rather than all weights. None.
    pub lora: Option<Lora>,
    /// The type of the weights that are written. That of the source.
    pub precision: Precision,
}

/// The treatment of an example that is too long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TooLong {
    /// Stops with an error that names it.
    #[default]
    Refuse,
    /// Leaves it out.
    Skip,
}

/// The type of the weights that are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The type that each tensor had in the source.
    #[default]
    Source,
    /// 32 bits.
    F32,
    /// bfloat16: half the size, 8 bits of precision.
    Bf16,
}

/// Low-rank adaptation (Hu et al., 2021): weights stay, and to each chosen projection the product of two thin matrices is added, which learn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Lora {
    /// The inner dimension of the product. 16.
    pub rank: usize,
    /// The product is multiplied by `alpha / rank`. 32.
    pub alpha: f64,
    /// The projections, by the last part of their names. `q_proj`, `k_proj`, `v_proj`, `o_proj`, `gate_proj`, `up_proj`, `down_proj`: all.
    /// `up_proj` and `down_proj` are `c_fc` and `c_proj` too, where a family calls them so.
    pub target_modules: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 0,
            epochs: 3,
            max_steps: None,
            batch: 8,
            row: 1024,
            too_long: TooLong::Refuse,
            learning_rate: 2e-5,
            warmup: 0,
            final_share: 0.1,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weight_decay: 0.01,
            clip: 1.0,
            checkpointing: false,
            evaluate_every: None,
            patience: None,
            save_every: 100,
            lora: None,
            precision: Precision::Source,
        }
    }
}

impl Default for Lora {
    fn default() -> Self {
        let all = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
        Self { rank: 16, alpha: 32.0, target_modules: all.map(str::to_owned).to_vec() }
    }
}

impl Options {
    /// Reads options as TOML.
    ///
    /// # Errors
    ///
    /// A [`TrainError`] that names the file.
    pub fn read(path: &Path) -> Result<Self, TrainError> {
        let text = read_text(path).map_err(TrainError::file(path))?;
        toml::from_str(&text).map_err(|error| TrainError::format(path, error.to_string()))
    }

    /// Checks what the types cannot say.
    pub(crate) fn check(&self) -> Result<(), TrainError> {
        let wrong = |option, problem: &str| Err(TrainError::Option { option, problem: problem.into() });
        let counts = [
            ("epochs", self.epochs),
            ("max_steps", self.max_steps.unwrap_or(1)),
            ("batch", self.batch),
            ("row", self.row),
            ("evaluate_every", self.evaluate_every.unwrap_or(1)),
            ("patience", self.patience.unwrap_or(1)),
            ("save_every", self.save_every),
        ];
        for (option, count) in counts {
            if count == 0 {
                return wrong(option, "it is 0, but must be at least 1");
            }
        }
        let shares = [
            ("final_share", self.final_share, 1.0 + f64::EPSILON),
            ("beta1", self.beta1, 1.0),
            ("beta2", self.beta2, 1.0),
        ];
        for (option, value, end) in shares {
            if !(0.0..end).contains(&value) {
                return wrong(option, &format!("it is {value}, but must be from 0 to 1"));
            }
        }
        let sizes = [
            ("learning_rate", self.learning_rate),
            ("epsilon", self.epsilon),
            ("weight_decay", self.weight_decay),
            ("clip", self.clip),
        ];
        for (option, value) in sizes {
            if !(value.is_finite() && value >= 0.0) {
                return wrong(option, &format!("it is {value}, but must be a number of at least 0"));
            }
        }
        self.lora.as_ref().map_or(Ok(()), Lora::check)
    }
}

impl Lora {
    fn check(&self) -> Result<(), TrainError> {
        let wrong = |problem: String| Err(TrainError::Option { option: "lora", problem });
        if self.rank == 0 || !self.alpha.is_finite() {
            return wrong(format!("rank {} and alpha {} must be a count and a number", self.rank, self.alpha));
        }
        let known = Self::default().target_modules;
        match self.target_modules.iter().find(|module| !known.contains(module)) {
            Some(module) => wrong(format!("there is no projection {module:?}; there are {}", known.join(", "))),
            None if self.target_modules.is_empty() => wrong("target_modules is empty: nothing would learn".into()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_pass_and_nonsense_does_not() {
        Options::default().check().unwrap();
        let wrong = [
            r#"{"batch": 0}"#,
            r#"{"beta2": 1.0}"#,
            r#"{"learning_rate": -1}"#,
            r#"{"lora": {"rank": 0}}"#,
            r#"{"lora": {"target_modules": ["q"]}}"#,
            r#"{"patience": 0}"#,
        ];
        for wrong in wrong {
            let options = serde_json::from_str::<Options>(wrong).unwrap();
            assert!(matches!(options.check(), Err(TrainError::Option { .. })), "{wrong}");
        }
        assert!(serde_json::from_str::<Options>(r#"{"learning_rat": 1}"#).is_err());
    }
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_training_options() {
        crate::schema::read::<super::Options>("train-config");
    }
}
