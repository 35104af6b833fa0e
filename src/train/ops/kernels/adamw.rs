//! `AdamW` (Loshchilov and Hutter, 2019), one pass over a parameter and its moments.

use rayon::prelude::*;

use super::{GRAIN, lanes::dot, run};

/// The numbers of a step of `AdamW`, bias corrections worked in.
#[derive(Debug, Clone, Copy)]
pub(in super::super::super) struct AdamStep {
    /// The decay of the first moment.
    pub(in super::super::super) beta1: f32,
    /// The decay of the second moment.
    pub(in super::super::super) beta2: f32,
    /// The learning rate over the first moment's bias correction.
    pub(in super::super::super) rate: f32,
    /// One over the root of the second moment's bias correction.
    pub(in super::super::super) root: f32,
    /// The number added to the root of the second moment.
    pub(in super::super::super) epsilon: f32,
    /// The factor of the parameter, applied first: one less the learning rate times the decay.
    pub(in super::super::super) keep: f32,
    /// The factor of gradients: clipping.
    pub(in super::super::super) clip: f32,
}

/// Updates a parameter and its moments in place.
pub(in super::super) fn adamw(step: AdamStep, grad: &[f32], [parameter, first, second]: [&mut [f32]; 3]) {
    parameter
        .par_chunks_mut(GRAIN)
        .zip(first.par_chunks_mut(GRAIN))
        .zip(second.par_chunks_mut(GRAIN))
        .zip(grad.par_chunks(GRAIN))
        .for_each(|(((parameter, first), second), grad)| run(Update { step, grad, parameter, first, second }));
}

/// The sum of squares, in double precision between pieces.
pub(in super::super) fn sum_squares(values: &[f32]) -> f64 {
    let parts = values.par_chunks(GRAIN).map(|values| f64::from(run(Squares(values)))).collect::<Vec<_>>();
    parts.iter().sum()
}

struct Update<'a> {
    step: AdamStep,
    grad: &'a [f32],
    parameter: &'a mut [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Update<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let AdamStep { beta1, beta2, rate, root, epsilon, keep, clip } = self.step;
        let state = self.parameter.iter_mut().zip(self.first).zip(self.second);
        for (((parameter, first), second), grad) in state.zip(self.grad) {
            let grad = grad * clip;
            *first = beta1 * *first + (1.0 - beta1) * grad;
            *second = beta2 * *second + (1.0 - beta2) * grad * grad;
            *parameter = *parameter * keep - rate * *first / (second.sqrt() * root + epsilon);
        }
    }
}

struct Squares<'a>(&'a [f32]);

impl pulp::NullaryFnOnce for Squares<'_> {
    type Output = f32;

    #[inline(always)]
    fn call(self) -> f32 {
        dot(self.0, self.0)
    }
}
