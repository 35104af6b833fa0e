//! A model whose answers repeat their prompts: up to a separator token, what the sequence began with follows once more.

use super::{Forward, ModelError, Row};

/// The token that ends the part of the prompt that is repeated.
const SEPARATOR: u32 = 1;

pub(crate) struct Copier {
    vocabulary: u32,
    context: usize,
    /// The number of tokens of the answer in which it departs once from the prompt by one; 0 for never.
    pub(crate) departs: usize,
    held: Vec<Vec<u32>>,
    pub(crate) calls: u64,
}

impl Copier {
    pub(crate) fn new(vocabulary: u32, context: usize) -> Self {
        Self { vocabulary, context, departs: 0, held: Vec::new(), calls: 0 }
    }

    /// A prompt for it: `length` tokens in an order that seldom repeats, and the separator.
    pub(crate) fn prompt(&self, seed: u32, length: u32) -> Vec<u32> {
        let word = |i: u32| {
            2 + (i.wrapping_mul(i).wrapping_mul(2_654_435_761) >> 7).wrapping_add(seed * 31 + i) % (self.vocabulary - 2)
        };
        (0..length).map(word).chain([SEPARATOR]).collect()
    }

    /// The token that the sequence, as it is held, goes on with.
    fn next(&self, held: &[u32]) -> u32 {
        let Some(separator) = held.iter().position(|token| *token == SEPARATOR) else { return 2 };
        let place = held.len() - separator - 1;
        if place >= separator {
            return super::EOS;
        }
        if self.departs > 0 && place % self.departs == self.departs - 1 { 2 } else { held[place] }
    }
}

impl Forward for Copier {
    fn vocabulary(&self) -> usize {
        self.vocabulary as usize
    }

    fn context(&self) -> usize {
        self.context
    }

    fn reset(&mut self, slots: usize, _length: usize) -> Result<(), ModelError> {
        self.held = vec![Vec::new(); slots];
        self.calls = 0;
        Ok(())
    }

    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError> {
        self.held[to] = self.held[from][..length].to_vec();
        Ok(())
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        self.calls += 1;
        logits.clear();
        for row in rows {
            assert!(self.held[row.slot].len() >= row.start);
            let mut held = std::mem::take(&mut self.held[row.slot]);
            held.truncate(row.start);
            for (place, token) in row.tokens.iter().enumerate() {
                held.push(*token);
                if place + row.wanted >= row.tokens.len() {
                    let from = logits.len();
                    logits.resize(from + self.vocabulary as usize, 0.0);
                    logits[from + self.next(&held) as usize] = 12.0;
                }
            }
            self.held[row.slot] = held;
        }
        Ok(())
    }
}
