//! Kernels against burn's operators: values and gradients.

use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};

use super::{AdamStep, Operators, Packed, Targets, adamw, composed_adamw, sum_squares};
use crate::{model::Rope, random::Random};

fn random<const D: usize>(seed: u64, shape: [usize; D]) -> Tensor<D> {
    let values = Random::new(seed).normal(1.0, shape.iter().product());
    Tensor::from_data(TensorData::new(values, shape), &Device::flex())
}

fn packed() -> Arc<Packed> {
    // Longer than a block of queries, one token, and something between.
    Arc::new(Packed::new(&[150, 1, 40], &Rope { frequencies: vec![1.0, 0.3, 0.01], factor: 1.1 }))
}

/// The largest difference in proportion to the largest value.
fn distance(a: Vec<f32>, b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let top = b.iter().fold(0.0_f32, |top, value| top.max(value.abs()));
    a.into_iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / top
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}

/// Compares the outputs of both kinds of operators, and the gradients of all inputs under an uneven gradient of the output.
fn compare<const N: usize, const D: usize>(
    inputs: [Tensor<2>; N],
    run: impl Fn(Operators, [Tensor<2>; N]) -> Tensor<D>,
) {
    let [fused, composed] = [Operators::Fused, Operators::Composed].map(|ops| {
        let inputs = inputs.clone().map(|input| input.autodiff().require_grad());
        let output = run(ops, inputs.clone());
        let uneven = random(99, output.dims()).autodiff();
        let mut gradients = (output.clone() * uneven).sum().backward();
        let gradients = inputs.map(|input| values(input.grad_remove(&mut gradients).unwrap()));
        (values(output), gradients)
    });
    let untracked = values(run(Operators::Fused, inputs));
    assert_eq!(fused.0, untracked);
    assert!(distance(fused.0, &composed.0) < 1e-5);
    for (fused, composed) in fused.1.into_iter().zip(composed.1) {
        assert!(distance(fused, &composed) < 1e-5);
    }
}

#[test]
fn linear() {
    compare([random(1, [37, 24]), random(2, [50, 24])], |ops, [x, weight]| ops.linear(x, weight, false));
    let x = random::<2>(1, [5, 4]).autodiff().require_grad();
    let weight = random::<2>(2, [3, 4]).autodiff().require_grad();
    let mut gradients = Operators::Fused.linear(x.clone(), weight.clone(), true).sum().backward();
    assert!(weight.grad_remove(&mut gradients).is_none());
    let wanted = values(random::<2>(2, [3, 4]).sum_dim(0).expand([5, 4]));
    assert!(distance(values(x.grad_remove(&mut gradients).unwrap()), &wanted) < 1e-6);
}

#[test]
fn rms_norm() {
    // More rows than one thread takes at a time.
    compare([random(1, [700, 30]), random(2, [1, 30])], |ops, [x, weight]| ops.rms_norm(x, weight, 1e-5));
}

#[test]
fn rotary() {
    compare([random(1, [191, 4 * 6])], |ops, [x]| ops.rotary(x, 4, &packed()));
}

#[test]
fn attention() {
    // Reaches below a block of queries, of one, and beyond the segments.
    for (heads, kv, reach) in [
        (4, 2, None),
        (3, 3, None),
        (4, 1, None),
        (4, 2, Some(7)),
        (4, 2, Some(2)),
        (3, 3, Some(130)),
        (4, 1, Some(500)),
    ] {
        let inputs = [random(1, [191, heads * 6]), random(2, [191, kv * 6]), random(3, [191, kv * 6])];
        compare(inputs, |ops, [query, key, value]| {
            let packed = packed();
            ops.attention(ops.rotary(query, heads, &packed), ops.rotary(key, kv, &packed), value, &packed, reach)
        });
    }
}

#[test]
fn swiglu() {
    compare([random(1, [90, 200]) * 4.0, random(2, [90, 200])], |ops, [gate, up]| ops.swiglu(gate, up));
}

#[test]
fn cross_entropy() {
    let targets = Targets { tokens: (0..31).map(|i| i * 5 % 50).collect(), weights: Random::new(4).uniform(1.0, 31) };
    let targets = Arc::new(targets);
    let inputs = [random(1, [31, 16]), random(2, [50, 16])];
    compare(inputs.clone(), |ops, [hidden, weight]| ops.cross_entropy(hidden, weight, &targets, false));
    let [hidden, weight] = inputs.map(|input| input.autodiff().require_grad());
    let mut gradients = Operators::Fused.cross_entropy(hidden.clone(), weight.clone(), &targets, true).backward();
    assert!(weight.grad_remove(&mut gradients).is_none() && hidden.grad_remove(&mut gradients).is_some());
}

#[test]
fn a_step_of_adamw() {
    let step = AdamStep { beta1: 0.9, beta2: 0.99, rate: 0.01, root: 3.0, epsilon: 1e-6, keep: 0.999, clip: 0.5 };
    let state = [random(1, [130, 140]), random(2, [130, 140]), random::<2>(3, [130, 140]).powi_scalar(2)];
    let gradient = random(4, [140, 130]).transpose();
    let fused = adamw(step, &gradient, state.clone());
    let composed = composed_adamw(step, &gradient, state.clone());
    for (fused, composed) in fused.into_iter().zip(composed) {
        assert!(distance(values(fused), &values(composed)) < 1e-6);
    }
    // What others hold is not changed.
    assert_eq!(values(state[0].clone()), values(random::<2>(1, [130, 140])));
    let squares = f64::from(gradient.clone().powi_scalar(2).sum().into_scalar::<f32>());
    assert!((sum_squares(&gradient) / squares - 1.0).abs() < 1e-5);
}
