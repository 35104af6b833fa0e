//! Causal attention within the segments of a packed list of tokens.
//!
//! Segments are gone through in blocks of queries, and each block only looks at the keys that it may see: nothing is computed for other
//! segments, none of what no query of the block reaches, and little for the future. The query heads that share a key head stand below each other, so that one product serves them.

use burn::backend::{Flex, flex::FlexTensor, ops::FloatTensorOps};
use rayon::prelude::*;

use super::{
    super::{
        Packed,
        fused::{contiguous, tensor, values},
        packed::first,
    },
    lanes::{dot, exp_sum, largest},
    rows_at_a_time, run,
};

/// The number of queries at a time.
const BLOCK: usize = 128;

/// A block of queries and the keys that it sees.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// The first query.
    start: usize,
    /// The number of queries.
    queries: usize,
    /// The first key.
    from: usize,
    /// The number of keys.
    keys: usize,
    /// The number of keys that a query sees, where that is limited.
    reach: Option<usize>,
}

fn blocks(packed: &Packed, reach: Option<usize>) -> Vec<Block> {
    let cut = |segment: &std::ops::Range<usize>| {
        let segment = segment.clone();
        segment.clone().step_by(BLOCK).map(move |start| {
            let end = (start + BLOCK).min(segment.end);
            let from = first(segment.start, start, reach);
            Block { start, queries: end - start, from, keys: end - from, reach }
        })
    };
    packed.segments.iter().flat_map(cut).collect()
}

/// The heads of a call: queries `[heads, tokens, dim]`, keys `[kv_heads, tokens, dim]`, values `[tokens, kv_heads * dim]`.
struct Heads {
    kv: usize,
    group: usize,
    tokens: usize,
    dim: usize,
    scale: f32,
}

impl Heads {
    fn new(query: &FlexTensor, key: &FlexTensor) -> Self {
        let (query, key) = (query.layout().shape(), key.layout().shape());
        #[expect(clippy::cast_precision_loss, reason = "heads are far below 2^24 wide")]
        let scale = 1.0 / (query[2] as f32).sqrt();
        Self { kv: key[0], group: query[0] / key[0], tokens: query[1], dim: query[2], scale }
    }

    /// Rows of a block in `[kv, group * queries, dim]` out of `[heads, tokens, dim]`.
    fn queries(&self, query: &FlexTensor, block: Block) -> FlexTensor {
        let rows =
            query.reshape([self.kv, self.group, self.tokens, self.dim].into()).narrow(2, block.start, block.queries);
        contiguous(&rows).reshape([self.kv, self.group * block.queries, self.dim].into())
    }

    /// Rows of a block in `[kv, group * queries, dim]` out of `[tokens, heads * dim]`.
    fn outputs(&self, flat: &FlexTensor, block: Block) -> FlexTensor {
        let rows = flat.narrow(0, block.start, block.queries);
        let rows = rows.reshape([block.queries, self.kv, self.group, self.dim].into()).permute(&[1, 2, 0, 3]);
        contiguous(&rows).reshape([self.kv, self.group * block.queries, self.dim].into())
    }

    /// Keys of a block, `[kv, keys, dim]`.
    fn keys(key: &FlexTensor, block: Block) -> FlexTensor {
        key.narrow(1, block.from, block.keys)
    }

    /// Values of a block, `[kv, keys, dim]`.
    fn values(&self, value: &FlexTensor, block: Block) -> FlexTensor {
        value.narrow(0, block.from, block.keys).reshape([block.keys, self.kv, self.dim].into()).permute(&[1, 0, 2])
    }

    /// Probabilities, `[kv, group * queries, keys]`.
    fn probabilities(&self, queries: &FlexTensor, key: &FlexTensor, block: Block) -> FlexTensor {
        let keys = Self::keys(key, block).transpose(1, 2);
        let mut scores = Flex::float_matmul(queries.clone(), keys);
        let rows = rows_at_a_time(block.keys);
        scores.storage_mut::<f32>().par_chunks_mut(rows * block.keys).enumerate().for_each(|(chunk, scores)| {
            run(Softmax { block, first: chunk * rows, scale: self.scale, scores });
        });
        scores
    }
}

/// Attention, `[tokens, heads * dim]`.
pub(in super::super) fn attend(
    query: &FlexTensor,
    key: &FlexTensor,
    value: &FlexTensor,
    packed: &Packed,
    reach: Option<usize>,
) -> FlexTensor {
    let heads = Heads::new(query, key);
    let width = heads.kv * heads.group * heads.dim;
    let mut output = vec![0.0; heads.tokens * width];
    for block in blocks(packed, reach) {
        let probabilities = heads.probabilities(&heads.queries(query, block), key, block);
        let mixed = Flex::float_matmul(probabilities, heads.values(value, block));
        let mixed = values(&mixed);
        let rows = &mut output[block.start * width..(block.start + block.queries) * width];
        for (row, out) in rows.chunks_exact_mut(width).enumerate() {
            for (head, out) in out.chunks_exact_mut(heads.dim).enumerate() {
                let at = (head * block.queries + row) * heads.dim;
                out.copy_from_slice(&mixed[at..at + heads.dim]);
            }
        }
    }
    tensor(output, [heads.tokens, width])
}

/// The gradients of queries, keys and values, each in the shape of what it belongs to. Probabilities are computed again: keeping them would
/// take memory that grows with the square of the length.
pub(in super::super) fn attend_backward(
    [query, key, value]: [&FlexTensor; 3],
    grad: &FlexTensor,
    packed: &Packed,
    reach: Option<usize>,
) -> [FlexTensor; 3] {
    let heads = Heads::new(query, key);
    let Heads { kv, group, tokens, dim, scale } = heads;
    let mut query_grad = vec![0.0; kv * group * tokens * dim];
    let mut key_grad = vec![0.0; kv * tokens * dim];
    let mut value_grad = vec![0.0; tokens * kv * dim];
    for block in blocks(packed, reach) {
        let queries = heads.queries(query, block);
        let probabilities = heads.probabilities(&queries, key, block);
        let outputs = heads.outputs(grad, block);
        let from_values = Flex::float_matmul(probabilities.transpose(1, 2), outputs.clone());
        let mut scores = Flex::float_matmul(outputs, heads.values(value, block).transpose(1, 2));
        let rows = rows_at_a_time(block.keys) * block.keys;
        scores
            .storage_mut::<f32>()
            .par_chunks_mut(rows)
            .zip(values(&probabilities).par_chunks(rows))
            .for_each(|(grad, probabilities)| run(SoftmaxBackward { width: block.keys, scale, probabilities, grad }));
        let from_keys = Flex::float_matmul(scores.transpose(1, 2), queries);
        let from_queries = Flex::float_matmul(scores, Heads::keys(key, block));
        let from_queries = values(&from_queries);
        let length = block.queries * dim;
        for (head, part) in from_queries.chunks_exact(length).enumerate() {
            let at = (head * tokens + block.start) * dim;
            query_grad[at..at + length].copy_from_slice(part);
        }
        let (from_keys, from_values) = (values(&from_keys), values(&from_values));
        let length = block.keys * dim;
        for head in 0..kv {
            let at = (head * tokens + block.from) * dim;
            let part = &from_keys[head * length..(head + 1) * length];
            key_grad[at..at + length].iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            for (row, part) in from_values[head * length..(head + 1) * length].chunks_exact(dim).enumerate() {
                let at = ((block.from + row) * kv + head) * dim;
                value_grad[at..at + dim].iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            }
        }
    }
    [
        tensor(query_grad, [kv * group, tokens, dim]),
        tensor(key_grad, [kv, tokens, dim]),
        tensor(value_grad, [tokens, kv * dim]),
    ]
}

/// Turns rows of products into probabilities, 0 for keys after the query, and before what it reaches.
struct Softmax<'a> {
    block: Block,
    first: usize,
    scale: f32,
    scores: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let block = self.block;
        for (row, scores) in self.scores.chunks_exact_mut(block.keys).enumerate() {
            let query = block.start + (self.first + row) % block.queries;
            let (past, future) = scores.split_at_mut(query + 1 - block.from);
            let (out_of_reach, seen) = past.split_at_mut(first(block.from, query, block.reach) - block.from);
            let top = largest(seen) * self.scale;
            let sum = exp_sum(seen, self.scale, top);
            let inverse = 1.0 / sum;
            for value in seen {
                *value *= inverse;
            }
            future.fill(0.0);
            out_of_reach.fill(0.0);
        }
    }
}

/// Turns gradients of probabilities into gradients of the products.
struct SoftmaxBackward<'a> {
    width: usize,
    scale: f32,
    probabilities: &'a [f32],
    grad: &'a mut [f32],
}

impl pulp::NullaryFnOnce for SoftmaxBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let rows = self.probabilities.chunks_exact(self.width).zip(self.grad.chunks_exact_mut(self.width));
        for (probabilities, grad) in rows {
            let along = dot(probabilities, grad);
            for (grad, probability) in grad.iter_mut().zip(probabilities) {
                *grad = self.scale * probability * (*grad - along);
            }
        }
    }
}
