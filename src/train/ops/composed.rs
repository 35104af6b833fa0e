//! The operators out of burn's own, for any backend: gradients come by themselves.

use burn::tensor::{Bool, Device, Int, Tensor, TensorData, activation};

use super::{Packed, Targets};

pub(super) fn linear(x: Tensor<2>, weight: Tensor<2>) -> Tensor<2> {
    x.matmul(weight.transpose())
}

pub(super) fn rms_norm(x: Tensor<2>, weight: Tensor<2>, epsilon: f32) -> Tensor<2> {
    let mean = x.clone().powi_scalar(2).mean_dim(1);
    x / (mean + epsilon).sqrt() * weight
}

pub(super) fn layer_norm(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<2>, epsilon: f32) -> Tensor<2> {
    let centred = x.clone() - x.mean_dim(1);
    let variance = centred.clone().powi_scalar(2).mean_dim(1);
    centred / (variance + epsilon).sqrt() * weight + bias
}

/// As `gelu_pytorch_tanh`: `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))`.
pub(super) fn gelu(x: Tensor<2>) -> Tensor<2> {
    let inner = (x.clone() + x.clone().powi_scalar(3) * 0.044_715) * (2.0 / std::f64::consts::PI).sqrt();
    x * (inner.tanh() + 1.0) * 0.5
}

pub(super) fn rotary(x: Tensor<2>, heads: usize, packed: &Packed) -> Tensor<3> {
    let half = packed.half;
    let device = x.device();
    let (cosines, sines) = packed.all_angles();
    let angles =
        |values: &[f32]| Tensor::<3>::from_data(TensorData::new(values.to_vec(), [1, packed.tokens(), half]), &device);
    let (cosines, sines) = (angles(cosines), angles(sines));
    let x = x.reshape([packed.tokens(), heads, 2 * half]).swap_dims(0, 1);
    let a = x.clone().narrow(2, 0, half);
    let b = x.narrow(2, half, half);
    let first = a.clone() * cosines.clone() - b.clone() * sines.clone();
    Tensor::cat(vec![first, b * cosines + a * sines], 2)
}

pub(super) fn attention(
    query: Tensor<3>,
    key: Tensor<3>,
    value: Tensor<2>,
    packed: &Packed,
    reach: Option<usize>,
) -> Tensor<2> {
    let [heads, tokens, dim] = query.dims();
    let kv = key.dims()[0];
    let value = value.reshape([tokens, kv, dim]).swap_dims(0, 1);
    let query = query.reshape([kv, heads / kv, tokens, dim]);
    #[expect(clippy::cast_precision_loss, reason = "heads are far below 2^24 wide")]
    let scale = 1.0 / (dim as f32).sqrt();
    let scores = query.matmul(key.unsqueeze_dim::<4>(1).transpose()) * scale;
    let scores = scores.mask_fill(hidden(packed, reach, &value.device()), f32::NEG_INFINITY);
    let mixed = activation::softmax(scores, 3).matmul(value.unsqueeze_dim::<4>(1));
    mixed.permute([2, 0, 1, 3]).reshape([tokens, heads * dim])
}

/// The tokens that each token does not see, `[1, 1, tokens, tokens]`.
fn hidden(packed: &Packed, reach: Option<usize>, device: &Device) -> Tensor<4, Bool> {
    let tokens = packed.tokens();
    #[expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "passes are far below 2^31 tokens")]
    let numbers = |values: Vec<usize>, shape: [usize; 4]| {
        let values = values.into_iter().map(|value| value as i32).collect::<Vec<_>>();
        Tensor::<4, Int>::from_data(TensorData::new(values, shape), device)
    };
    let keys = numbers((0..tokens).collect(), [1, 1, 1, tokens]);
    let queries = numbers((0..tokens).collect(), [1, 1, tokens, 1]);
    let firsts = numbers(packed.firsts(reach), [1, 1, tokens, 1]);
    let full = [1, 1, tokens, tokens];
    let (keys, queries, firsts) = (keys.expand(full), queries.expand(full), firsts.expand(full));
    keys.clone().greater(queries).bool_or(keys.lower(firsts))
}

pub(super) fn swiglu(gate: Tensor<2>, up: Tensor<2>) -> Tensor<2> {
    activation::silu(gate) * up
}

pub(super) fn cross_entropy(hidden: Tensor<2>, weight: Tensor<2>, targets: &Targets) -> Tensor<1> {
    let device = hidden.device();
    let count = targets.tokens.len();
    #[expect(clippy::cast_possible_wrap, reason = "vocabularies are far below 2^31")]
    let tokens = targets.tokens.iter().map(|token| *token as i32).collect::<Vec<_>>();
    let tokens = Tensor::<2, Int>::from_data(TensorData::new(tokens, [count, 1]), &device);
    let weights = Tensor::<2>::from_data(TensorData::new(targets.weights.clone(), [count, 1]), &device);
    let logits = activation::log_softmax(linear(hidden, weight), 1);
    (logits.gather(1, tokens) * weights).sum().neg()
}
