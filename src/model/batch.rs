//! The small inputs of one run of the graph.
//!
//! Attention sees a rectangle: for each row of the cache and each KV head so many queries, which are the steps of the longest piece
//! times the query heads of a group. What is left of it is filled with a copy of some query that sees position 0, and whose result
//! nobody reads.

use super::{checkpoint::ModelConfig, forward::Row, graph::input, onnx::signed, plan::Piece};

/// The rectangle has at least so many queries: with one, ONNX Runtime takes a matrix-vector kernel that sums in another order, and
/// logits would depend on how a sequence is cut into calls.
const LEAST_QUERIES: usize = 2;

/// A batch: what a run needs to know of its pieces.
pub(super) struct Batch {
    /// The slot of each piece.
    pub(super) slots: Vec<usize>,
    /// The number of positions that the cache must have room for.
    pub(super) length: usize,
    /// The position of each token.
    pub(super) positions: Vec<usize>,
    /// The cosines of the tokens' positions.
    pub(super) cosines: Vec<f32>,
    /// The sines of the same positions.
    pub(super) sines: Vec<f32>,
    tokens: Vec<i64>,
    /// The piece that each token belongs to.
    owners: Vec<usize>,
    /// The step of the piece that each token is.
    steps_of: Vec<usize>,
    wanted: Vec<i64>,
    steps: usize,
    heads: usize,
    kv_heads: usize,
}

impl Batch {
    /// Collects what `pieces` of `rows` need.
    pub(super) fn new(config: &ModelConfig, rows: &[Row<'_>], pieces: &[Piece]) -> Self {
        let group = config.heads / config.kv_heads;
        let steps =
            pieces.iter().map(|piece| piece.to - piece.from).max().unwrap_or(0).max(LEAST_QUERIES.div_ceil(group));
        let mut batch = Self {
            slots: pieces.iter().map(|piece| rows[piece.row].slot).collect(),
            length: pieces.iter().map(|piece| rows[piece.row].start + piece.to).max().unwrap_or(0),
            positions: vec![],
            cosines: vec![],
            sines: vec![],
            tokens: vec![],
            owners: vec![],
            steps_of: vec![],
            wanted: vec![],
            steps,
            heads: config.heads,
            kv_heads: config.kv_heads,
        };
        for (owner, piece) in pieces.iter().enumerate() {
            let row = &rows[piece.row];
            for token in piece.from..piece.to {
                if token + row.wanted >= row.tokens.len() {
                    batch.wanted.push(signed(batch.tokens.len()));
                }
                batch.tokens.push(i64::from(row.tokens[token]));
                batch.owners.push(owner);
                batch.steps_of.push(token - piece.from);
                batch.positions.push(row.start + token);
                config.rope.angles(row.start + token, &mut batch.cosines, &mut batch.sines);
            }
        }
        batch
    }

    /// The integer inputs, with their shapes, for a store in which the pieces are at `places`.
    pub(super) fn integers(&self, places: &[usize], rows: usize) -> Vec<(&'static str, Vec<usize>, Vec<i64>)> {
        let (heads, count, queries) = (self.heads, self.tokens.len(), self.queries());
        let mut scatter = vec![];
        let mut spread = vec![0; rows * self.kv_heads * queries];
        let mut collect = vec![];
        for (token, (owner, position)) in self.owners.iter().zip(&self.positions).enumerate() {
            let place = places[*owner];
            for head in 0..self.kv_heads {
                scatter.extend([place, head, *position].map(signed));
            }
            for head in 0..heads {
                // Consecutive query heads share a KV head, so the place of a head's first step needs no thought of groups.
                let at = (place * heads + head) * self.steps + self.steps_of[token];
                spread[at] = signed(token * heads + head);
                collect.push(signed(at));
            }
        }
        vec![
            (input::TOKENS, vec![count], self.tokens.clone()),
            (input::SCATTER, vec![count, self.kv_heads, 3], scatter),
            (input::SPREAD, vec![rows, self.kv_heads, queries], spread),
            (input::COLLECT, vec![count, heads], collect),
            (input::WANTED, vec![self.wanted.len()], self.wanted.clone()),
        ]
    }

    /// Returns the positions of `length` that each query sees, with the shape: all up to its own, or of those the last `reach`.
    pub(super) fn mask(
        &self,
        places: &[usize],
        (rows, length): (usize, usize),
        reach: Option<usize>,
    ) -> ([usize; 4], Vec<bool>) {
        let queries = self.queries();
        let mut mask = vec![false; rows * queries * length];
        for query in mask.chunks_mut(length) {
            query[0] = true;
        }
        for ((owner, position), step) in self.owners.iter().zip(&self.positions).zip(&self.steps_of) {
            for head in 0..self.heads / self.kv_heads {
                let query = (places[*owner] * queries + head * self.steps + step) * length;
                let first = reach.map_or(0, |reach| (position + 1).saturating_sub(reach));
                mask[query] = first == 0;
                mask[query + first..=query + position].fill(true);
            }
        }
        ([rows, 1, queries, length], mask)
    }

    fn queries(&self) -> usize {
        self.heads / self.kv_heads * self.steps
    }
}
