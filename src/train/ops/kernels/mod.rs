//! Operators of the decoder on slices, forwards and backwards: what `flex` would do in many passes over memory, on one thread, done in one
//! pass on all threads.
//!
//! Work is split at fixed places and sums have a fixed order, so results depend neither on the number of threads nor on the width of the
//! processor's vectors.

#![expect(clippy::inline_always, reason = "code takes on its caller's vector instructions only where it is inlined")]

mod adamw;
mod attention;
mod cross_entropy;
mod lanes;
mod rms_norm;
mod rotary;
mod swiglu;

pub(in super::super) use self::adamw::AdamStep;
pub(super) use self::{
    adamw::{adamw, sum_squares},
    attention::{attend, attend_backward},
    cross_entropy::loss_and_gradient,
    rms_norm::{rms_norm, rms_norm_backward},
    rotary::{rotate, rotate_backward},
    swiglu::{swiglu, swiglu_backward},
};

/// The number of elements that one thread takes at a time: a fraction of a second-level cache.
const GRAIN: usize = 1 << 14;

/// The number of rows of `width` elements that one thread takes at a time.
fn rows_at_a_time(width: usize) -> usize {
    (GRAIN / width.max(1)).max(1)
}

/// Runs `kernel` with the widest vectors that the processor has.
fn run<K: pulp::NullaryFnOnce>(kernel: K) -> K::Output {
    pulp::Arch::new().dispatch(kernel)
}
