//! Low-rank adapters: thin matrices that learn beside weights that do not.

use burn::tensor::{Device, Tensor};

use super::{
    TrainError,
    ops::Operators,
    options::Lora,
    weights::{Weights, matrix},
};
use crate::{
    model::{ModelConfig, names},
    random::Random,
};

/// Adapters of some projections: `MODULE.lora_A.weight`, `[rank, in]`, and `MODULE.lora_B.weight`, `[out, rank]`.
#[derive(Debug, Clone)]
pub(super) struct Adapters {
    /// The matrices.
    pub(super) weights: Weights,
    /// The factor of products.
    pub(super) scale: f32,
}

/// The factor of products.
pub(super) fn scale(lora: &Lora) -> f32 {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "ranks are small")]
    let scale = (lora.alpha / lora.rank as f64) as f32;
    scale
}

/// Adapters that change nothing yet: the first matrix is uniform as a linear layer's would be, the second 0.
///
/// # Errors
///
/// The model has none of the projections, or fuses them.
pub(super) fn fresh(config: &ModelConfig, lora: &Lora, seed: u64, device: &Device) -> Result<Weights, TrainError> {
    if !names::fused(config).is_empty() {
        let problem = "this family's projections lie in its files one under another, and adapters of single ones do not fit them: train the \
                       whole model (without `lora`)";
        return Err(TrainError::Option { option: "lora", problem: problem.into() });
    }
    let mut random = Random::named(seed, "adapters");
    let mut weights = Weights::new();
    for layer in 0..config.layers {
        for projection in names::projections(config) {
            if !chosen(lora, projection.module) {
                continue;
            }
            let name = format!("model.layers.{layer}.{}", projection.module);
            #[expect(clippy::cast_precision_loss, reason = "widths are far below 2^52")]
            let limit = 1.0 / (projection.columns as f64).sqrt();
            let first = random.uniform(limit, lora.rank * projection.columns);
            weights.insert(a(&name), matrix(first, [lora.rank, projection.columns], device));
            let second = vec![0.0; projection.rows * lora.rank];
            weights.insert(b(&name), matrix(second, [projection.rows, lora.rank], device));
        }
    }
    if weights.is_empty() {
        let problem = format!("the model has none of {}: nothing would learn", lora.target_modules.join(", "));
        return Err(TrainError::Option { option: "lora", problem });
    }
    Ok(weights)
}

fn chosen(lora: &Lora, module: &str) -> bool {
    let target = target(module);
    lora.target_modules.iter().any(|chosen| chosen == target)
}

/// The name by which options know a projection: families call what goes into the feed-forward block and what comes out by other names.
fn target(module: &str) -> &str {
    match last(module) {
        "c_fc" => "up_proj",
        "c_proj" => "down_proj",
        other => other,
    }
}

fn last(module: &str) -> &str {
    module.rsplit('.').next().unwrap_or(module)
}

/// The model's own names of the projections that have adapters, as PEFT wants to be told of them.
pub(super) fn modules(config: &ModelConfig, lora: &Lora) -> Vec<&'static str> {
    let projections = names::projections(config);
    let of = |chosen: &String| {
        let named = projections.iter().map(|projection| projection.module).filter(|module| target(module) == chosen);
        named.map(last).collect::<Vec<_>>()
    };
    lora.target_modules.iter().flat_map(of).collect()
}

fn a(module: &str) -> String {
    format!("{module}.lora_A.weight")
}

fn b(module: &str) -> String {
    format!("{module}.lora_B.weight")
}

impl Adapters {
    /// The product that the adapter of `module` adds, if it has one.
    pub(super) fn apply(&self, ops: Operators, module: &str, x: &Tensor<2>) -> Option<Tensor<2>> {
        let (first, second) = (self.weights.get(&a(module))?, self.weights.get(&b(module))?);
        let inner = ops.linear(x.clone(), first.clone(), false) * self.scale;
        Some(ops.linear(inner, second.clone(), false))
    }

    /// Adds the products to the weights.
    pub(super) fn merge(&self, weights: &mut Weights) {
        for (name, weight) in weights {
            let Some(module) = name.strip_suffix(".weight") else { continue };
            if let (Some(first), Some(second)) = (self.weights.get(&a(module)), self.weights.get(&b(module))) {
                *weight = weight.clone() + second.clone().matmul(first.clone()) * self.scale;
            }
        }
    }
}
