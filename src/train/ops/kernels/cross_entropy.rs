//! The cross-entropy of a softmax, and its gradient in place of the logits.

use rayon::prelude::*;

use super::{
    lanes::{exp_sum, largest},
    rows_at_a_time, run,
};

/// Replaces each row of `logits` by the gradient of its weighted loss and returns the losses, unweighted, in nats.
pub(in super::super) fn loss_and_gradient(logits: &mut [f32], targets: &[u32], weights: &[f32]) -> Vec<f32> {
    let width = logits.len() / targets.len().max(1);
    let rows = rows_at_a_time(width);
    let mut losses = vec![0.0; targets.len()];
    losses
        .par_chunks_mut(rows)
        .zip(logits.par_chunks_mut(rows * width))
        .zip(targets.par_chunks(rows))
        .zip(weights.par_chunks(rows))
        .for_each(|(((losses, logits), targets), weights)| run(Rows { width, logits, targets, weights, losses }));
    losses
}

struct Rows<'a> {
    width: usize,
    logits: &'a mut [f32],
    targets: &'a [u32],
    weights: &'a [f32],
    losses: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Rows<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let rows = self.logits.chunks_exact_mut(self.width).zip(self.targets).zip(self.weights).zip(self.losses);
        for (((logits, target), weight), loss) in rows {
            let target = *target as usize;
            let wanted = logits[target];
            let top = largest(logits);
            let sum = exp_sum(logits, 1.0, top);
            *loss = sum.ln() + top - wanted;
            let scale = weight / sum;
            for value in logits.iter_mut() {
                *value *= scale;
            }
            logits[target] -= weight;
        }
    }
}
