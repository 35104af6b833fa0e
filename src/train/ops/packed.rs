//! The packing of several sequences in one list of tokens, without padding: where each begins, and the angles of the tokens' positions.

use std::ops::Range;

use crate::model::Rope;

/// The packing of a pass: which tokens belong together. A token sees itself and what comes before it in its own segment; positions begin at
/// 0 in each.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Packed {
    /// The segments, one after the other, without gaps.
    pub(super) segments: Vec<Range<usize>>,
    /// The half of the components of a head: how many pairs are turned.
    pub(super) half: usize,
    cosines: Vec<f32>,
    sines: Vec<f32>,
}

impl Packed {
    /// Puts sequences of these lengths behind one another.
    pub(in super::super) fn new(lengths: &[usize], rope: &Rope) -> Self {
        let mut packed = Self { segments: vec![], half: rope.frequencies.len(), cosines: vec![], sines: vec![] };
        let mut start = 0;
        for length in lengths {
            packed.segments.push(start..start + length);
            start += length;
            for position in 0..*length {
                rope.angles(position, &mut packed.cosines, &mut packed.sines);
            }
        }
        packed
    }

    /// The number of tokens.
    pub(in super::super) fn tokens(&self) -> usize {
        self.segments.last().map_or(0, |segment| segment.end)
    }

    /// The cosines and sines of a token.
    #[inline]
    pub(super) fn angles(&self, token: usize) -> (&[f32], &[f32]) {
        let range = token * self.half..(token + 1) * self.half;
        (&self.cosines[range.clone()], &self.sines[range])
    }

    /// All cosines and sines, `[tokens, half]` each.
    pub(super) fn all_angles(&self) -> (&[f32], &[f32]) {
        (&self.cosines, &self.sines)
    }

    /// The first token that each token sees, which may be limited to so many.
    pub(super) fn firsts(&self, reach: Option<usize>) -> Vec<usize> {
        let firsts = |segment: &Range<usize>| {
            let start = segment.start;
            segment.clone().map(move |token| first(start, token, reach))
        };
        self.segments.iter().flat_map(firsts).collect()
    }
}

/// The first token that `token` sees in a segment that begins at `start`.
#[inline]
pub(super) fn first(start: usize, token: usize, reach: Option<usize>) -> usize {
    reach.map_or(start, |reach| start.max((token + 1).saturating_sub(reach)))
}

/// The targets of a pass.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Targets {
    /// The right tokens.
    pub(in super::super) tokens: Vec<u32>,
    /// The weight of each.
    pub(in super::super) weights: Vec<f32>,
}
