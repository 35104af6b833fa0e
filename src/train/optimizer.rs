//! `AdamW` over all parameters, with clipping by the gradient's norm, and the learning rate of each step.
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

/// The learning rate of `step`, from 1, of `steps`: up in a straight line while warming up, then half a cosine down to its final share at
/// the last step.
pub(super) fn learning_rate(step: usize, steps: usize, options: &Options) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let top = options.learning_rate;
    if step <= options.warmup {
        return top * share(step, options.warmup);
    }
    let falling = steps.saturating_sub(options.warmup + 1);
    if falling == 0 {
        return top;
    }
    let way = share((step - options.warmup - 1).min(falling), falling);
    let low = top * options.final_share;
    low + (top - low) * 0.5 * (1.0 + (std::f64::consts::PI * way).cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_then_falls() {
        let options = Options { learning_rate: 1.0, warmup: 4, final_share: 0.1, ..Options::default() };
        let rates = (1..=15).map(|step| learning_rate(step, 15, &options)).collect::<Vec<_>>();
        for (rate, wanted) in rates.iter().zip([0.25, 0.5, 0.75, 1.0, 1.0]) {
            assert!((rate - wanted).abs() < 1e-12);
        }
        assert!((rates[9] - 0.55).abs() < 1e-12);
        assert!((rates[14] - 0.1).abs() < 1e-12);
        assert!((learning_rate(1, 1, &Options { warmup: 0, ..options }) - 1.0).abs() < 1e-12);
    }
}
