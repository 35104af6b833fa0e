//! The operators that the decoder is made of. On the CPU each operator is one kernel with a gradient of its own; on any other device it is
//! made of burn's operators.

mod composed;
mod fused;
mod kernels;
mod packed;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use burn::{
    backend::{Dispatch, Flex},
    tensor::{Device, Tensor},
};

use self::fused::Fused;
pub(super) use self::{
    kernels::AdamStep,
    packed::{Packed, Targets},
};

/// The operators of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operators {
    /// Kernels of this module.
    Fused,
    /// Operators of the backend.
    Composed,
}

impl Operators {
    /// The operators to use on `device`.
    pub(super) fn of(device: &Device) -> Self {
        if device.clone().inner() == Device::flex() { Self::Fused } else { Self::Composed }
    }

    /// `x` times the transpose of `weight`: `[rows, in]`, `[out, in]`, `[rows, out]`. A frozen weight gets no gradient.
    pub(super) fn linear(self, x: Tensor<2>, weight: Tensor<2>, frozen: bool) -> Tensor<2> {
        match self {
            Self::Fused => Tensor::from_dispatch(Dispatch::linear(x.into_dispatch(), weight.into_dispatch(), frozen)),
            Self::Composed => composed::linear(x, weight),
        }
    }

    /// Rows of `x` over their root mean square, times `weight`, `[1, width]`.
    pub(super) fn rms_norm(self, x: Tensor<2>, weight: Tensor<2>, epsilon: f32) -> Tensor<2> {
        match self {
            Self::Fused => {
                Tensor::from_dispatch(Dispatch::rms_norm(x.into_dispatch(), weight.into_dispatch(), epsilon))
            }
            Self::Composed => composed::rms_norm(x, weight, epsilon),
        }
    }

    /// Rows to mean 0 and variance 1, times `weight`, plus `bias`.
    pub(super) fn layer_norm(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<2>, epsilon: f32) -> Tensor<2> {
        composed::layer_norm(x, weight, bias, epsilon)
    }

    /// GELU by its approximation with `tanh`.
    pub(super) fn gelu(x: Tensor<2>) -> Tensor<2> {
        composed::gelu(x)
    }

    /// Turns `[tokens, heads * dim]` by the tokens' positions into `[heads, tokens, dim]`.
    pub(super) fn rotary(self, x: Tensor<2>, heads: usize, packed: &Arc<Packed>) -> Tensor<3> {
        match self {
            Self::Fused => Tensor::from_dispatch(Dispatch::rotary(x.into_dispatch(), heads, Arc::clone(packed))),
            Self::Composed => composed::rotary(x, heads, packed),
        }
    }

    /// Causal attention within segments: queries `[heads, tokens, dim]`, keys `[kv_heads, tokens, dim]`, values `[tokens, kv_heads * dim]`
    /// to `[tokens, heads * dim]`. Where there is a `reach`, a token sees so many: itself and those before it.
    pub(super) fn attention(
        self,
        query: Tensor<3>,
        key: Tensor<3>,
        value: Tensor<2>,
        packed: &Arc<Packed>,
        reach: Option<usize>,
    ) -> Tensor<2> {
        match self {
            Self::Fused => Tensor::from_dispatch(Dispatch::attention(
                query.into_dispatch(),
                key.into_dispatch(),
                value.into_dispatch(),
                Arc::clone(packed),
                reach,
            )),
            Self::Composed => composed::attention(query, key, value, packed, reach),
        }
    }

    /// `silu(gate) * up`.
    pub(super) fn swiglu(self, gate: Tensor<2>, up: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Fused => Tensor::from_dispatch(Dispatch::swiglu(gate.into_dispatch(), up.into_dispatch())),
            Self::Composed => composed::swiglu(gate, up),
        }
    }

    /// The weighted sum of losses of the rows of `hidden` against their targets, with the output layer `weight`.
    pub(super) fn cross_entropy(
        self,
        hidden: Tensor<2>,
        weight: Tensor<2>,
        targets: &Arc<Targets>,
        frozen: bool,
    ) -> Tensor<1> {
        match self {
            Self::Fused => Tensor::from_dispatch(Dispatch::cross_entropy(
                hidden.into_dispatch(),
                weight.into_dispatch(),
                Arc::clone(targets),
                frozen,
            )),
            Self::Composed => composed::cross_entropy(hidden, weight, targets),
        }
    }
}

/// A step of `AdamW`: the parameter and the moments anew. Outside automatic differentiation.
pub(super) fn adamw(step: AdamStep, grad: &Tensor<2>, state: [Tensor<2>; 3]) -> [Tensor<2>; 3] {
    let (Ok(grad), [Ok(parameter), Ok(first), Ok(second)]) =
        (grad.clone().try_into_primitive::<Flex>(), state.clone().map(Tensor::try_into_primitive::<Flex>))
    else {
        return composed_adamw(step, grad, state);
    };
    drop(state);
    let grad = fused::contiguous(&grad);
    let [mut parameter, mut first, mut second] = [parameter, first, second].map(fused::whole);
    let values = [parameter.storage_mut(), first.storage_mut(), second.storage_mut()];
    kernels::adamw(step, fused::values(&grad), values);
    [parameter, first, second].map(Tensor::from_primitive::<Flex>)
}

fn composed_adamw(step: AdamStep, grad: &Tensor<2>, [parameter, first, second]: [Tensor<2>; 3]) -> [Tensor<2>; 3] {
    let grad = grad.clone() * step.clip;
    let first = first * step.beta1 + grad.clone() * (1.0 - step.beta1);
    let second = second * step.beta2 + grad.powi_scalar(2) * (1.0 - step.beta2);
    let change = first.clone() * step.rate / (second.clone().sqrt() * step.root + step.epsilon);
    [parameter * step.keep - change, first, second]
}

/// The sum of squares of a tensor.
pub(super) fn sum_squares(x: &Tensor<2>) -> f64 {
    match x.clone().try_into_primitive::<Flex>() {
        Ok(x) => kernels::sum_squares(fused::values(&fused::contiguous(&x))),
        Err(_) => f64::from(x.clone().powi_scalar(2).sum().into_scalar::<f32>()),
    }
}
