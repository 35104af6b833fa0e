//! Exponentials of whole vocabularies: the one place where a decoder spends time on every token of the vocabulary.
//!
//! Written out instead of taken from the standard library for two reasons: the compiler turns these loops into vector instructions,
//! and their bits do not depend on the machine's mathematical library.

/// The number of values summed before they go into a wider sum.
pub(super) const BLOCK: usize = 512;
const LANES: usize = 16;

/// Below, e^x is 0 here: it would be no normal float.
const LOWEST: f32 = -87.0;
/// 1.5 * 2^23: adding it leaves a float's whole part in the lowest bits.
const ROUND: f32 = 12_582_912.0;
/// ln 2 in two parts, the first with few enough bits that its multiples are exact.
const LN_2: [f32; 2] = [355.0 / 512.0, -2.121_944_4e-4];
/// Cephes' `expf`: e^r - 1 - r over r^2, for |r| up to ln 2 / 2, the highest power first.
const POLYNOMIAL: [f32; 6] = [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];

/// e^x for x up to 0, within 2 units in the last place.
#[inline]
pub(super) fn exp(x: f32) -> f32 {
    let bounded = if x > LOWEST { x } else { LOWEST };
    let shifted = bounded * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = bounded - whole * LN_2[0] - whole * LN_2[1];
    let mut sum = POLYNOMIAL[0];
    for factor in &POLYNOMIAL[1..] {
        sum = sum * rest + factor;
    }
    let power = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    let value = (sum * rest * rest + rest + 1.0) * f32::from_bits(power);
    if x > LOWEST { value } else { 0.0 }
}

/// The greatest logit; nothing where one is NaN.
pub(super) fn greatest(logits: &[f32]) -> Option<f32> {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let mut odd = [0_u32; LANES];
    let (chunks, rest) = logits.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = if chunk[lane] > lanes[lane] { chunk[lane] } else { lanes[lane] };
            odd[lane] |= u32::from(chunk[lane].is_nan());
        }
    }
    let odd = odd.iter().any(|odd| *odd != 0) || rest.iter().any(|logit| logit.is_nan());
    (!odd).then(|| lanes.iter().chain(rest).copied().fold(f32::NEG_INFINITY, f32::max))
}

/// The sum over e^(logit - greatest).
pub(super) fn sum(logits: &[f32], greatest: f32) -> f64 {
    logits.chunks(BLOCK).map(|block| block_sum(block, |logit| exp(logit - greatest))).sum()
}

/// Writes e^((logit - greatest) / temperature) of every logit to `weights`, and the sum of each block of [`BLOCK`] to `blocks`.
pub(super) fn weights(logits: &[f32], greatest: f32, temperature: f32, weights: &mut Vec<f32>, blocks: &mut Vec<f64>) {
    weights.clear();
    weights.extend(logits.iter().map(|logit| exp((logit - greatest) / temperature)));
    blocks.clear();
    blocks.extend(weights.chunks(BLOCK).map(|block| block_sum(block, |weight| weight)));
}

/// The sum of a block, in lanes, so that the order of additions is fixed and several happen at once.
#[inline]
fn block_sum(block: &[f32], value: impl Fn(f32) -> f32) -> f64 {
    let mut lanes = [0.0_f32; LANES];
    let (chunks, rest) = block.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] += value(chunk[lane]);
        }
    }
    let rest: f64 = rest.iter().map(|x| f64::from(value(*x))).sum();
    lanes.iter().map(|lane| f64::from(*lane)).sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::{exp, greatest, sum, weights};

    #[test]
    fn agrees_with_the_exact_exponential() {
        let mut worst = 0.0_f64;
        for step in 0..870_000_u32 {
            let x = -f64::from(step) * 1e-4;
            #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
            let x = x as f32;
            let exact = f64::from(x).exp();
            worst = worst.max((f64::from(exp(x)) / exact - 1.0).abs());
        }
        assert!(worst < 2.0 * f64::from(f32::EPSILON), "{worst}");
        assert!((exp(0.0) - 1.0).abs() == 0.0 && exp(f32::NEG_INFINITY) == 0.0 && exp(-1e30) == 0.0);
    }

    #[test]
    fn sums_and_maxima_are_those_of_the_plain_loops() {
        let logits: Vec<f32> = (0..5_000_u16).map(|i| f32::from(i % 977) * 0.01 - f32::from(i % 13)).collect();
        let top = greatest(&logits).unwrap();
        assert!(top.total_cmp(logits.iter().max_by(|a, b| a.total_cmp(b)).unwrap()).is_eq());
        let exact: f64 = logits.iter().map(|logit| f64::from(logit - top).exp()).sum();
        assert!((sum(&logits, top) / exact - 1.0).abs() < 1e-6);
        let (mut all, mut blocks) = (Vec::new(), Vec::new());
        weights(&logits, top, 0.5, &mut all, &mut blocks);
        let exact: f64 = logits.iter().map(|logit| (f64::from(logit - top) / 0.5).exp()).sum();
        assert!((blocks.iter().sum::<f64>() / exact - 1.0).abs() < 1e-6);
        for place in [0, 17, 4_999] {
            let mut broken = logits.clone();
            broken[place] = f32::NAN;
            assert_eq!(greatest(&broken), None);
        }
    }
}
