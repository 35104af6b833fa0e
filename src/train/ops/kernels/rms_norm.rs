//! Root mean square normalisation (Zhang and Sennrich, 2019).

use rayon::prelude::*;

use super::{
    lanes::{dot, sum_pairs},
    rows_at_a_time, run,
};

/// Each row of `x` divided by its root mean square, times `weight`.
pub(in super::super) fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32) -> Vec<f32> {
    let width = weight.len();
    let chunk = rows_at_a_time(width) * width;
    let mut y = vec![0.0; x.len()];
    y.par_chunks_mut(chunk).zip(x.par_chunks(chunk)).for_each(|(y, x)| run(Forward { x, weight, epsilon, y }));
    y
}

/// The gradients of `x` and `weight`.
pub(in super::super) fn rms_norm_backward(
    x: &[f32],
    weight: &[f32],
    grad: &[f32],
    epsilon: f32,
) -> (Vec<f32>, Vec<f32>) {
    let width = weight.len();
    let chunk = rows_at_a_time(width) * width;
    let mut x_grad = vec![0.0; x.len()];
    let parts = x_grad
        .par_chunks_mut(chunk)
        .zip(x.par_chunks(chunk))
        .zip(grad.par_chunks(chunk))
        .map(|((x_grad, x), grad)| {
            let mut weight_grad = vec![0.0; width];
            run(Backward { x, weight, grad, epsilon, x_grad, weight_grad: &mut weight_grad });
            weight_grad
        })
        .collect::<Vec<_>>();
    let mut weight_grad = vec![0.0; width];
    for part in parts {
        weight_grad.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    (x_grad, weight_grad)
}

struct Forward<'a> {
    x: &'a [f32],
    weight: &'a [f32],
    epsilon: f32,
    y: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let width = self.weight.len();
        for (x, y) in self.x.chunks_exact(width).zip(self.y.chunks_exact_mut(width)) {
            let scale = scale(x, self.epsilon);
            for ((y, x), weight) in y.iter_mut().zip(x).zip(self.weight) {
                *y = x * scale * weight;
            }
        }
    }
}

struct Backward<'a> {
    x: &'a [f32],
    weight: &'a [f32],
    grad: &'a [f32],
    epsilon: f32,
    x_grad: &'a mut [f32],
    weight_grad: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let width = self.weight.len();
        let mut weighted = vec![0.0; width];
        let rows =
            self.x.chunks_exact(width).zip(self.grad.chunks_exact(width)).zip(self.x_grad.chunks_exact_mut(width));
        for ((x, grad), x_grad) in rows {
            let scale = scale(x, self.epsilon);
            for ((weighted, grad), weight) in weighted.iter_mut().zip(grad).zip(self.weight) {
                *weighted = grad * weight;
            }
            let along = sum_pairs(&weighted, x, |a, b| a * b) * scale * scale / count(width);
            for ((x_grad, x), weighted) in x_grad.iter_mut().zip(x).zip(&weighted) {
                *x_grad = scale * (weighted - along * x);
            }
            for ((sum, x), grad) in self.weight_grad.iter_mut().zip(x).zip(grad) {
                *sum += grad * x * scale;
            }
        }
    }
}

/// One over the root mean square.
#[inline(always)]
fn scale(x: &[f32], epsilon: f32) -> f32 {
    1.0 / (dot(x, x) / count(x.len()) + epsilon).sqrt()
}

#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "widths of models are below 2^24")]
fn count(width: usize) -> f32 {
    width as f32
}
