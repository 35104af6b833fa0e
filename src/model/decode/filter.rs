//! Top-k and top-p in time linear in the vocabulary: by partial selection, not by sorting.

use std::cmp::Ordering;

/// A token that may still be chosen, with its weight: its probability times a factor common to all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) token: u32,
    pub(super) weight: f32,
}

impl Candidate {
    /// The order of candidates: likelier first; of equally likely ones the lower id.
    fn rank(self, other: Self) -> Ordering {
        other.weight.total_cmp(&self.weight).then(self.token.cmp(&other.token))
    }
}

/// The k-th greatest of `values` (from 1). `scratch` is overwritten.
pub(super) fn kth_greatest(values: &[f32], k: usize, scratch: &mut Vec<f32>) -> f32 {
    let k = k.clamp(1, values.len().max(1));
    // Room for a few times k keeps the cost of the selections below that of the scan.
    let room = (4 * k).max(1024);
    scratch.clear();
    let mut threshold = f32::NEG_INFINITY;
    let mut full = false;
    for value in values {
        // What only equals the k-th greatest so far cannot raise it.
        if *value > threshold || !full {
            scratch.push(*value);
            if scratch.len() == room {
                threshold = select(scratch, k);
                scratch.truncate(k);
                full = true;
            }
        }
    }
    if scratch.is_empty() { threshold } else { select(scratch, k) }
}

fn select(values: &mut [f32], k: usize) -> f32 {
    *values.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a)).1
}

/// Weights are up to 1; in units of 2^-40 their sums are exact, in any order, for vocabularies up to 2^23.
const UNIT: f64 = 1_099_511_627_776.0;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weights are 0 to 1, sums below 2^63")]
fn units(weight: f64) -> u64 {
    (weight * UNIT) as u64
}

/// The leading bits of a weight, as a float, that name its bucket: the exponent and four bits more. Greater weights, greater buckets.
const SHIFT: u32 = 19;
/// The number of buckets for weights from 0 to 1.
const BUCKETS: usize = (1.0_f32.to_bits() >> SHIFT) as usize + 1;

fn bucket(candidate: Candidate) -> usize {
    (candidate.weight.to_bits() >> SHIFT) as usize
}

/// The last of the likeliest `candidates`, with weights from 0 to 1, that together reach `mass`; nothing where all of them do not.
///
/// One pass sums weights by bucket, which tells the bucket that holds the boundary; within it a weighted selection goes on in the
/// half that holds it. `scratch` is overwritten.
pub(super) fn nucleus(candidates: &[Candidate], mass: f64, scratch: &mut Vec<Candidate>) -> Option<Candidate> {
    /// The number of candidates that are few enough to sort.
    const FEW: usize = 32;
    let target = units(mass).max(1);
    let mut sums = [0_u64; BUCKETS];
    for candidate in candidates {
        sums[bucket(*candidate)] += units(candidate.weight.into());
    }
    let mut reached = 0;
    let boundary = (0..BUCKETS).rev().find(|place| {
        let there = reached + sums[*place] >= target;
        reached += if there { 0 } else { sums[*place] };
        there
    })?;
    scratch.clear();
    scratch.extend(candidates.iter().filter(|candidate| bucket(**candidate) == boundary));
    let mut rest = &mut scratch[..];
    while rest.len() > FEW {
        let middle = rest.len() / 2;
        rest.select_nth_unstable_by(middle, |a, b| a.rank(*b));
        let (likelier, others) = rest.split_at_mut(middle);
        let here: u64 = likelier.iter().map(|candidate| units(candidate.weight.into())).sum();
        if reached + here >= target {
            rest = likelier;
        } else {
            reached += here;
            rest = others;
        }
    }
    rest.sort_unstable_by(|a, b| a.rank(*b));
    rest.iter().copied().find(|candidate| {
        reached += units(candidate.weight.into());
        reached >= target
    })
}

/// Keeps the candidates up to `last`, in their order.
pub(super) fn keep_up_to(candidates: &mut Vec<Candidate>, last: Candidate) {
    candidates.retain(|candidate| candidate.rank(last).is_le());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Candidate, kth_greatest, nucleus, units};

    /// Few distinct values, so that ties are many; a wide range, so that tails are thin.
    fn weights() -> impl Strategy<Value = Vec<f32>> {
        prop_oneof![
            prop::collection::vec((0..12_u8).prop_map(|x| f32::from(x) / 11.0), 1..4_000),
            prop::collection::vec((-30.0..0.0_f32).prop_map(f32::exp), 1..4_000),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_kth_greatest_is_that_of_a_sort(values in weights(), k in 1..4_000_usize) {
            let mut sorted = values.clone();
            sorted.sort_by(|a, b| b.total_cmp(a));
            let expected = sorted[k.min(sorted.len()) - 1];
            prop_assert_eq!(kth_greatest(&values, k, &mut Vec::new()).to_bits(), expected.to_bits());
        }

        #[test]
        fn the_nucleus_is_that_of_a_sort(values in weights(), share in 0.0001..1.0_f64) {
            let all: Vec<Candidate> =
                (0..).zip(&values).map(|(token, weight)| Candidate { token, weight: *weight }).collect();
            let mass = share * values.iter().map(|weight| f64::from(*weight)).sum::<f64>();
            let mut sorted = all.clone();
            sorted.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.token.cmp(&b.token)));
            let mut reached = 0;
            let expected = sorted.into_iter().find(|candidate| {
                reached += units(candidate.weight.into());
                reached >= units(mass).max(1)
            });
            prop_assert_eq!(nucleus(&all, mass, &mut Vec::new()), expected);
        }
    }
}
