//! The operators as extensions of the backend `flex`: kernels forwards, kernels backwards.

use std::sync::Arc;

use burn::{
    backend::{
        Autodiff, Backend, Flex,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        backend_extension,
        flex::FlexTensor,
        ops::FloatTensorOps,
        tensor::FloatTensor,
    },
    tensor::TensorData,
};

use super::{Packed, Targets, kernels};

/// The number of logits that exist at a time: 64 MiB of them.
const LOGITS: usize = 1 << 24;

#[backend_extension(Flex, Autodiff)]
pub(in super::super) trait Fused: Backend {
    fn linear(x: FloatTensor<Self>, weight: FloatTensor<Self>, frozen: bool) -> FloatTensor<Self>;
    fn rms_norm(x: FloatTensor<Self>, weight: FloatTensor<Self>, epsilon: f32) -> FloatTensor<Self>;
    fn rotary(x: FloatTensor<Self>, heads: usize, packed: Arc<Packed>) -> FloatTensor<Self>;
    fn attention(
        query: FloatTensor<Self>,
        key: FloatTensor<Self>,
        value: FloatTensor<Self>,
        packed: Arc<Packed>,
        reach: Option<usize>,
    ) -> FloatTensor<Self>;
    fn swiglu(gate: FloatTensor<Self>, up: FloatTensor<Self>) -> FloatTensor<Self>;
    fn cross_entropy(
        hidden: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        targets: Arc<Targets>,
        frozen: bool,
    ) -> FloatTensor<Self>;
}

/// The tensor in one piece, in the order of its shape.
pub(super) fn contiguous(tensor: &FlexTensor) -> FlexTensor {
    tensor.to_contiguous()
}

/// The tensor in one piece, as `contiguous` gives it, without holding on to the one given, so that it can be changed in place.
pub(super) fn whole(tensor: FlexTensor) -> FlexTensor {
    if tensor.is_contiguous() { tensor } else { tensor.to_contiguous() }
}

/// The elements of a tensor in one piece.
pub(super) fn values(tensor: &FlexTensor) -> &[f32] {
    tensor.storage()
}

/// A tensor around elements, without a copy.
pub(super) fn tensor<const D: usize>(values: Vec<f32>, shape: [usize; D]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(values, shape))
}

/// A tensor of the shape of another.
fn like(values: Vec<f32>, other: &FlexTensor) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(values, other.layout().shape().clone()))
}

/// The rows and the columns.
fn sizes(tensor: &FlexTensor) -> [usize; 2] {
    [tensor.layout().shape()[0], tensor.layout().shape()[1]]
}

impl Fused for Flex {
    fn linear(x: FlexTensor, weight: FlexTensor, _frozen: bool) -> FlexTensor {
        Flex::float_matmul(x, weight.transpose(0, 1))
    }

    fn rms_norm(x: FlexTensor, weight: FlexTensor, epsilon: f32) -> FlexTensor {
        let (x, weight) = (contiguous(&x), contiguous(&weight));
        like(kernels::rms_norm(values(&x), values(&weight), epsilon), &x)
    }

    fn rotary(x: FlexTensor, heads: usize, packed: Arc<Packed>) -> FlexTensor {
        let x = contiguous(&x);
        tensor(kernels::rotate(values(&x), heads, &packed), [heads, packed.tokens(), 2 * packed.half])
    }

    fn attention(
        query: FlexTensor,
        key: FlexTensor,
        value: FlexTensor,
        packed: Arc<Packed>,
        reach: Option<usize>,
    ) -> FlexTensor {
        kernels::attend(&query, &key, &value, &packed, reach)
    }

    fn swiglu(gate: FlexTensor, up: FlexTensor) -> FlexTensor {
        let (gate, up) = (contiguous(&gate), contiguous(&up));
        like(kernels::swiglu(values(&gate), values(&up)), &gate)
    }

    fn cross_entropy(hidden: FlexTensor, weight: FlexTensor, targets: Arc<Targets>, _frozen: bool) -> FlexTensor {
        let (loss, _) = losses(&hidden, &weight, &targets, [false; 2]);
        loss
    }
}

/// The weighted sum of losses, and what was asked for of the gradients of the hidden state and the weight.
fn losses(
    hidden: &FlexTensor,
    weight: &FlexTensor,
    targets: &Targets,
    [of_hidden, of_weight]: [bool; 2],
) -> (FlexTensor, [Option<FlexTensor>; 2]) {
    let [rows, width] = sizes(hidden);
    let chunk = (LOGITS / sizes(weight)[0].max(1)).max(1);
    let mut total = 0.0;
    let mut hidden_grad = Vec::with_capacity(if of_hidden { rows * width } else { 0 });
    let mut weight_grad = None;
    for start in (0..rows).step_by(chunk) {
        let end = (start + chunk).min(rows);
        let part = hidden.narrow(0, start, end - start);
        let mut logits = Flex::float_matmul(part.clone(), weight.transpose(0, 1));
        let (tokens, weights) = (&targets.tokens[start..end], &targets.weights[start..end]);
        let losses = kernels::loss_and_gradient(logits.storage_mut(), tokens, weights);
        total += losses.iter().zip(weights).map(|(loss, weight)| f64::from(loss * weight)).sum::<f64>();
        if of_hidden {
            hidden_grad.extend_from_slice(values(&Flex::float_matmul(logits.clone(), weight.clone())));
        }
        if of_weight {
            let grad = Flex::float_matmul(logits.transpose(0, 1), part);
            weight_grad = Some(match weight_grad {
                None => grad,
                Some(sum) => Flex::float_add(sum, grad),
            });
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "tensors hold 32 bits")]
    let loss = tensor(vec![total as f32], [1]);
    (loss, [of_hidden.then(|| tensor(hidden_grad, [rows, width])), weight_grad])
}

/// Finishes an operator: computes the output and, where a gradient will be wanted, keeps the state.
macro_rules! finish {
    ($step:ident, $checkpoints:ident, [$($node:expr),+], $state:expr, $output:expr) => {
        match $step.prepare::<$checkpoints>([$($node),+]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish($state, $output),
            OpsKind::UnTracked(prepared) => prepared.finish($output),
        }
    };
}

impl<C: CheckpointStrategy> Fused for Autodiff<Flex, C> {
    fn linear(x: FloatTensor<Self>, weight: FloatTensor<Self>, frozen: bool) -> FloatTensor<Self> {
        let ((x, x_node), (weight, weight_node)) = (x.into_parts(), weight.into_parts());
        let output = Flex::linear(x.clone(), weight.clone(), frozen);
        if frozen {
            finish!(FrozenLinear, C, [x_node], weight, output)
        } else {
            finish!(Linear, C, [x_node, weight_node], (x, weight), output)
        }
    }

    fn rms_norm(x: FloatTensor<Self>, weight: FloatTensor<Self>, epsilon: f32) -> FloatTensor<Self> {
        let ((x, x_node), (weight, weight_node)) = (x.into_parts(), weight.into_parts());
        let (x, weight) = (contiguous(&x), contiguous(&weight));
        let output = Flex::rms_norm(x.clone(), weight.clone(), epsilon);
        finish!(RmsNorm, C, [x_node, weight_node], (x, weight, epsilon), output)
    }

    fn rotary(x: FloatTensor<Self>, heads: usize, packed: Arc<Packed>) -> FloatTensor<Self> {
        let (x, node) = x.into_parts();
        let output = Flex::rotary(x, heads, Arc::clone(&packed));
        finish!(Rotary, C, [node], (heads, packed), output)
    }

    fn attention(
        query: FloatTensor<Self>,
        key: FloatTensor<Self>,
        value: FloatTensor<Self>,
        packed: Arc<Packed>,
        reach: Option<usize>,
    ) -> FloatTensor<Self> {
        let (query, query_node) = query.into_parts();
        let (key, key_node) = key.into_parts();
        let (value, value_node) = value.into_parts();
        let output = kernels::attend(&query, &key, &value, &packed, reach);
        finish!(Attention, C, [query_node, key_node, value_node], ([query, key, value], packed, reach), output)
    }

    fn swiglu(gate: FloatTensor<Self>, up: FloatTensor<Self>) -> FloatTensor<Self> {
        let ((gate, gate_node), (up, up_node)) = (gate.into_parts(), up.into_parts());
        let (gate, up) = (contiguous(&gate), contiguous(&up));
        let output = Flex::swiglu(gate.clone(), up.clone());
        finish!(Swiglu, C, [gate_node, up_node], (gate, up), output)
    }

    fn cross_entropy(
        hidden: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        targets: Arc<Targets>,
        frozen: bool,
    ) -> FloatTensor<Self> {
        let ((hidden, hidden_node), (weight, weight_node)) = (hidden.into_parts(), weight.into_parts());
        // Gradients are computed here, so that logits need not be kept: they are the largest tensor of a pass.
        let (output, grads) = losses(&hidden, &weight, &targets, [true, !frozen]);
        finish!(CrossEntropy, C, [hidden_node, weight_node], grads, output)
    }
}

#[derive(Debug)]
struct Linear;

impl Backward<Flex, 2> for Linear {
    type State = (FlexTensor, FlexTensor);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (x, weight) = ops.state;
        let [x_node, weight_node] = ops.parents;
        let grad = grads.consume::<Flex>(&ops.node);
        if let Some(node) = weight_node {
            grads.register::<Flex>(node.id, Flex::float_matmul(grad.transpose(0, 1), x));
        }
        if let Some(node) = x_node {
            grads.register::<Flex>(node.id, Flex::float_matmul(grad, weight));
        }
    }
}

#[derive(Debug)]
struct FrozenLinear;

impl Backward<Flex, 1> for FrozenLinear {
    type State = FlexTensor;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let [node] = ops.parents;
        let grad = grads.consume::<Flex>(&ops.node);
        if let Some(node) = node {
            grads.register::<Flex>(node.id, Flex::float_matmul(grad, ops.state));
        }
    }
}

#[derive(Debug)]
struct RmsNorm;

impl Backward<Flex, 2> for RmsNorm {
    type State = (FlexTensor, FlexTensor, f32);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (x, weight, epsilon) = ops.state;
        let [x_node, weight_node] = ops.parents;
        let grad = contiguous(&grads.consume::<Flex>(&ops.node));
        let (x_grad, weight_grad) = kernels::rms_norm_backward(values(&x), values(&weight), values(&grad), epsilon);
        if let Some(node) = x_node {
            grads.register::<Flex>(node.id, like(x_grad, &x));
        }
        if let Some(node) = weight_node {
            grads.register::<Flex>(node.id, like(weight_grad, &weight));
        }
    }
}

#[derive(Debug)]
struct Rotary;

impl Backward<Flex, 1> for Rotary {
    type State = (usize, Arc<Packed>);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (heads, packed) = ops.state;
        let [node] = ops.parents;
        let grad = contiguous(&grads.consume::<Flex>(&ops.node));
        if let Some(node) = node {
            let x_grad = kernels::rotate_backward(values(&grad), heads, &packed);
            grads.register::<Flex>(node.id, tensor(x_grad, [packed.tokens(), heads * 2 * packed.half]));
        }
    }
}

#[derive(Debug)]
struct Attention;

impl Backward<Flex, 3> for Attention {
    type State = ([FlexTensor; 3], Arc<Packed>, Option<usize>);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let ([query, key, value], packed, reach) = ops.state;
        let grad = contiguous(&grads.consume::<Flex>(&ops.node));
        let parts = kernels::attend_backward([&query, &key, &value], &grad, &packed, reach);
        for (node, grad) in ops.parents.into_iter().zip(parts) {
            if let Some(node) = node {
                grads.register::<Flex>(node.id, grad);
            }
        }
    }
}

#[derive(Debug)]
struct Swiglu;

impl Backward<Flex, 2> for Swiglu {
    type State = (FlexTensor, FlexTensor);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let (gate, up) = ops.state;
        let [gate_node, up_node] = ops.parents;
        let grad = contiguous(&grads.consume::<Flex>(&ops.node));
        let (gate_grad, up_grad) = kernels::swiglu_backward(values(&gate), values(&up), values(&grad));
        if let Some(node) = gate_node {
            grads.register::<Flex>(node.id, like(gate_grad, &gate));
        }
        if let Some(node) = up_node {
            grads.register::<Flex>(node.id, like(up_grad, &up));
        }
    }
}

#[derive(Debug)]
struct CrossEntropy;

impl Backward<Flex, 2> for CrossEntropy {
    type State = [Option<FlexTensor>; 2];

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let grad = grads.consume::<Flex>(&ops.node);
        for (node, part) in ops.parents.into_iter().zip(ops.state) {
            if let (Some(node), Some(part)) = (node, part) {
                let scale = grad.clone().reshape([1, 1].into());
                // The loss is nearly always what gradients are taken of, and then this is 1.
                let part = if values(&grad) == [1.0] { part } else { Flex::float_mul(part, scale) };
                grads.register::<Flex>(node.id, part);
            }
        }
    }
}
