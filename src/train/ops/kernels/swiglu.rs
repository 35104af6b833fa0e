//! The gate of the feed-forward block (Shazeer, 2020): `silu(gate) * up`.

use rayon::prelude::*;

use super::{GRAIN, lanes::exp, run};

/// `silu(gate) * up`.
pub(in super::super) fn swiglu(gate: &[f32], up: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0; gate.len()];
    y.par_chunks_mut(GRAIN)
        .zip(gate.par_chunks(GRAIN))
        .zip(up.par_chunks(GRAIN))
        .for_each(|((y, gate), up)| run(Forward { gate, up, y }));
    y
}

/// The gradients of `gate` and `up`.
pub(in super::super) fn swiglu_backward(gate: &[f32], up: &[f32], grad: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut gate_grad = vec![0.0; gate.len()];
    let mut up_grad = vec![0.0; gate.len()];
    gate_grad
        .par_chunks_mut(GRAIN)
        .zip(up_grad.par_chunks_mut(GRAIN))
        .zip(gate.par_chunks(GRAIN))
        .zip(up.par_chunks(GRAIN))
        .zip(grad.par_chunks(GRAIN))
        .for_each(|((((gate_grad, up_grad), gate), up), grad)| run(Backward { gate, up, grad, gate_grad, up_grad }));
    (gate_grad, up_grad)
}

struct Forward<'a> {
    gate: &'a [f32],
    up: &'a [f32],
    y: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((y, gate), up) in self.y.iter_mut().zip(self.gate).zip(self.up) {
            *y = gate * sigmoid(*gate) * up;
        }
    }
}

struct Backward<'a> {
    gate: &'a [f32],
    up: &'a [f32],
    grad: &'a [f32],
    gate_grad: &'a mut [f32],
    up_grad: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let inputs = self.gate.iter().zip(self.up).zip(self.grad);
        for ((gate_grad, up_grad), ((gate, up), grad)) in self.gate_grad.iter_mut().zip(self.up_grad).zip(inputs) {
            let sigmoid = sigmoid(*gate);
            *up_grad = grad * gate * sigmoid;
            *gate_grad = grad * up * sigmoid * (1.0 + gate * (1.0 - sigmoid));
        }
    }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}
