//! The loss and the gradients of a pass.

use burn::tensor::{Gradients, Tensor};

use super::{
    decoder::{Decoder, Pass},
    lora::Adapters,
    weights::Weights,
};
use crate::model::ModelConfig;

/// The things that do not change during a step.
pub(super) struct Setting<'a> {
    pub(super) config: &'a ModelConfig,
    /// Weights that do not learn; empty where all do.
    pub(super) frozen: &'a Weights,
    /// The scale of adapters, where only they learn.
    pub(super) scale: Option<f32>,
    pub(super) device: &'a burn::tensor::Device,
    /// Whether blocks are computed again for the gradient.
    pub(super) checkpointing: bool,
}

impl Setting<'_> {
    /// The loss of a pass, without gradients.
    pub(super) fn loss(&self, learning: &Weights, pass: &Pass) -> f64 {
        self.with(learning, |decoder| scalar(decoder.loss(pass)))
    }

    /// The loss of a pass; its gradients are added to `sums`.
    pub(super) fn gradients(&self, learning: &Weights, pass: &Pass, sums: &mut Weights) -> f64 {
        if self.checkpointing {
            return self.in_blocks(learning, pass, sums);
        }
        let tracked = track(learning);
        let loss = self.with(&tracked, |decoder| decoder.loss(pass));
        let mut gradients = loss.backward();
        collect(&tracked, &mut gradients, sums);
        scalar(loss)
    }

    /// The loss of a pass, with its gradients added to `sums` block by block: only the blocks' inputs are kept, and each block is computed
    /// again when its gradient is due.
    fn in_blocks(&self, learning: &Weights, pass: &Pass, sums: &mut Weights) -> f64 {
        let layers = self.config.layers;
        let inputs = self.with(learning, |decoder| {
            let mut inputs = vec![decoder.embed(pass)];
            for layer in 0..layers {
                let last = inputs[layer].clone();
                inputs.push(decoder.block(layer, last, &pass.packed));
            }
            inputs
        });
        let mut inputs = inputs;
        let last = inputs.pop().map(|last| last.autodiff().require_grad());
        let Some(last) = last else { return 0.0 };
        let tracked = track(learning);
        let loss = self.with(&tracked, |decoder| decoder.finish(last.clone(), pass));
        let mut gradients = loss.backward();
        collect(&tracked, &mut gradients, sums);
        let mut grad = last.grad_remove(&mut gradients);
        for layer in (0..layers).rev() {
            let (Some(input), Some(above)) = (inputs.pop(), grad.take()) else { break };
            let input = input.autodiff().require_grad();
            let part = format!("model.layers.{layer}.");
            let tracked = track_some(learning, |name| name.starts_with(&part));
            let output = self.with(&tracked, |decoder| decoder.block(layer, input.clone(), &pass.packed));
            // The gradient of this sum with respect to the output is the gradient from above.
            let mut gradients = (output * above.autodiff()).sum().backward();
            collect(&tracked, &mut gradients, sums);
            grad = input.grad_remove(&mut gradients);
        }
        if self.scale.is_none()
            && let Some(above) = grad
        {
            let tracked = track(learning);
            let output = self.with(&tracked, |decoder| decoder.embed(pass));
            let mut gradients = (output * above.autodiff()).sum().backward();
            collect(&tracked, &mut gradients, sums);
        }
        scalar(loss)
    }

    /// Calls `work` with the model around the weights that learn.
    fn with<T>(&self, learning: &Weights, work: impl FnOnce(&Decoder<'_>) -> T) -> T {
        let tracked = learning.values().next().is_some_and(Tensor::is_autodiff);
        match self.scale {
            None => work(&self.decoder(learning, None)),
            Some(scale) => {
                let adapters = Adapters { weights: learning.clone(), scale };
                let constants =
                    tracked.then(|| self.frozen.iter().map(|(name, weight)| (name.clone(), weight.clone().autodiff())));
                match constants {
                    Some(constants) => work(&self.decoder(&constants.collect(), Some(&adapters))),
                    None => work(&self.decoder(self.frozen, Some(&adapters))),
                }
            }
        }
    }

    fn decoder<'b>(&'b self, weights: &'b Weights, adapters: Option<&'b Adapters>) -> Decoder<'b> {
        Decoder { config: self.config, weights, adapters, frozen: adapters.is_some(), device: self.device }
    }
}

fn track(weights: &Weights) -> Weights {
    track_some(weights, |_| true)
}

/// The weights as leaves of a graph; those that are not wanted as constants.
fn track_some(weights: &Weights, wanted: impl Fn(&str) -> bool) -> Weights {
    let track = |(name, weight): (&String, &Tensor<2>)| {
        let weight = weight.clone().autodiff();
        (name.clone(), if wanted(name) { weight.require_grad() } else { weight })
    };
    weights.iter().map(track).collect()
}

fn collect(tracked: &Weights, gradients: &mut Gradients, sums: &mut Weights) {
    for (name, weight) in tracked {
        if let Some(gradient) = weight.grad_remove(gradients) {
            let sum = match sums.remove(name) {
                Some(sum) => sum + gradient,
                None => gradient,
            };
            sums.insert(name.clone(), sum);
        }
    }
}

/// Adds gradients to sums.
pub(super) fn add(sums: &mut Weights, gradients: Weights) {
    for (name, gradient) in gradients {
        let sum = match sums.remove(&name) {
            Some(sum) => sum + gradient,
            None => gradient,
        };
        sums.insert(name, sum);
    }
}

fn scalar(loss: Tensor<1>) -> f64 {
    f64::from(loss.into_scalar::<f32>())
}
