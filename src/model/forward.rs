//! The trait that decoding needs of a model: the seam between the ONNX Runtime session and the decoder.

use super::ModelError;

/// One row of a batch: tokens to run for one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The sequence of the KV cache. The rows of one call name different slots, in ascending order.
    pub slot: usize,
    /// The position of the first token. What the cache holds of this sequence from here on is forgotten.
    pub start: usize,
    /// The tokens; at least one. Rows of one call may differ in length.
    pub tokens: &'a [u32],
    /// Logits are wanted after each of the last so many of `tokens`; 0 for none.
    pub wanted: usize,
}

/// A causal language model with a KV cache of several sequences.
pub trait Forward {
    /// The size of the vocabulary: the length of one row of logits.
    fn vocabulary(&self) -> usize;

    /// The longest sequence in tokens, the prompt and the completion together.
    fn context(&self) -> usize;

    /// Forgets everything and makes room for `slots` sequences of up to `length` tokens. A GPU sets memory aside for all of it; on the
    /// processor it grows with use.
    ///
    /// # Errors
    ///
    /// The runtime's error, as for the others.
    fn reset(&mut self, slots: usize, length: usize) -> Result<(), ModelError>;

    /// Copies the first `length` cached positions of slot `from` to slot `to`.
    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError>;

    /// Runs the rows and replaces `logits` by what was wanted: rows in order, each `wanted * vocabulary` values.
    ///
    /// The logits of a row depend on its own sequence only, bit for bit, whatever other rows there are, however its tokens are
    /// cut into calls, and however many tokens a call has: greedy and sampled text must not depend on the batch.
    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError>;
}
