//! `AdamW` over all parameters, with clipping by the gradient's norm.
//!
//! Burn's own `AdamW` decays every tensor, clips tensor by tensor, keeps its state under random numbers rather than names, and goes through
//! memory ten times on one thread; this one takes a single pass on all threads, and its state is a file of named tensors.

use burn::tensor::Tensor;

use super::{
    ops::{AdamStep, adamw, sum_squares},
    options::Options,
    state::Learned,
    weights::Weights,
};

/// The Euclidean norm of all gradients together.
pub(super) fn norm(gradients: &Weights) -> f64 {
    gradients.values().map(sum_squares).sum::<f64>().sqrt()
}

/// Takes step `step`, from 1.
pub(super) fn step(learned: &mut Learned, gradients: Weights, norm: f64, step: usize, rate: f64, options: &Options) {
    let power = i32::try_from(step).unwrap_or(i32::MAX);
    let clip = if options.clip > 0.0 { (options.clip / (norm + 1e-6)).min(1.0) } else { 1.0 };
    for (name, gradient) in gradients {
        let Some(parameter) = learned.parameters.remove(&name) else { continue };
        let zeros = |map: &mut Weights| map.remove(&name).unwrap_or_else(|| Tensor::zeros_like(&parameter));
        let (first, second) = (zeros(&mut learned.first), zeros(&mut learned.second));
        let vector = parameter.dims()[0] == 1;
        let decay = if vector { 0.0 } else { options.weight_decay };
        #[expect(clippy::cast_possible_truncation, reason = "parameters have 32 bits")]
        let settings = AdamStep {
            beta1: options.beta1 as f32,
            beta2: options.beta2 as f32,
            rate: (rate / (1.0 - options.beta1.powi(power))) as f32,
            root: (1.0 / (1.0 - options.beta2.powi(power)).sqrt()) as f32,
            epsilon: options.epsilon as f32,
            keep: (1.0 - rate * decay) as f32,
            clip: clip as f32,
        };
        let [parameter, first, second] = adamw(settings, &gradient, [parameter, first, second]);
        learned.parameters.insert(name.clone(), parameter);
        learned.first.insert(name.clone(), first);
        learned.second.insert(name, second);
    }
}
