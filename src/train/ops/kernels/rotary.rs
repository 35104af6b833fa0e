//! Rotary position embeddings on the way from rows of tokens to rows of heads.

use rayon::prelude::*;

use super::super::Packed;

/// Turns `[tokens, heads * head_dim]` by the tokens' positions into `[heads, tokens, head_dim]`. Component i is paired with component
/// i + `head_dim` / 2, as Hugging Face lays the weights out.
pub(in super::super) fn rotate(x: &[f32], heads: usize, packed: &Packed) -> Vec<f32> {
    let half = packed.half;
    let mut y = vec![0.0; x.len()];
    y.par_chunks_mut(packed.tokens() * 2 * half).enumerate().for_each(|(head, y)| {
        for (token, y) in y.chunks_exact_mut(2 * half).enumerate() {
            let at = (token * heads + head) * 2 * half;
            let (a, b) = x[at..at + 2 * half].split_at(half);
            let (y_a, y_b) = y.split_at_mut(half);
            let (cosines, sines) = packed.angles(token);
            for i in 0..half {
                y_a[i] = a[i] * cosines[i] - b[i] * sines[i];
                y_b[i] = b[i] * cosines[i] + a[i] * sines[i];
            }
        }
    });
    y
}

/// The gradient of `x`: turned back.
pub(in super::super) fn rotate_backward(grad: &[f32], heads: usize, packed: &Packed) -> Vec<f32> {
    let half = packed.half;
    let tokens = packed.tokens();
    let mut x_grad = vec![0.0; grad.len()];
    x_grad.par_chunks_mut(heads * 2 * half).enumerate().with_min_len(32).for_each(|(token, x_grad)| {
        let (cosines, sines) = packed.angles(token);
        for (head, x_grad) in x_grad.chunks_exact_mut(2 * half).enumerate() {
            let at = (head * tokens + token) * 2 * half;
            let (a, b) = grad[at..at + 2 * half].split_at(half);
            let (x_a, x_b) = x_grad.split_at_mut(half);
            for i in 0..half {
                x_a[i] = a[i] * cosines[i] + b[i] * sines[i];
                x_b[i] = b[i] * cosines[i] - a[i] * sines[i];
            }
        }
    });
    x_grad
}
