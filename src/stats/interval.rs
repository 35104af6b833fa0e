//! Intervals over tasks: tasks are what a benchmark sampled, so they are what is resampled.
//!
//! Where tasks differ, the percentile bootstrap (Efron 1979). Where all agree, resampling only ever sees the one value and would claim to be
//! certain after a single task; there the interval is Wilson's (1927), which holds at 0 of n and n of n and for small n (Brown, Cai and
//! `DasGupta`, *Interval Estimation for a Binomial Proportion*, Statistical Science 16, 2001, who recommend it). Wilson's and not
//! Clopper-Pearson's, because that one is wider than its 95 % ask for, and because Wilson's is a formula that anybody can check:
//! after n tasks of which none has another value, at most a share of z²/(n + z²) of all tasks has, and those may have any value.

use crate::random::Random;

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of the mean of `values`, which can lie between `least` and `most`: the 2.5 % and 97.5 % quantiles over `resamples`
/// draws with replacement, or Wilson's where all values are equal.
#[must_use]
pub fn interval(values: &[f64], (least, most): (f64, f64), resamples: usize, seed: u64) -> (f64, f64) {
    let Some(first) = values.first() else { return (least, most) };
    // Means over runs differ in their last bits.
    if values.iter().all(|value| (value - first).abs() < 1e-12) {
        let others = most_others(values.len());
        let with_others_at = |value: f64| (1.0 - others) * first + others * value;
        return (with_others_at(least), with_others_at(most));
    }
    let mut random = Random::new(seed);
    let mut means: Vec<f64> = (0..resamples.max(1))
        .map(|_| {
            let total: f64 = values.iter().map(|_| random.pick(values)).sum();
            divide(total, values.len())
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    (quantile(&means, 25), quantile(&means, 975))
}

/// The upper end of Wilson's interval for 0 of `count`.
fn most_others(count: usize) -> f64 {
    Z * Z / (as_float(count) + Z * Z)
}

pub(super) fn mean(values: &[f64]) -> f64 {
    divide(values.iter().sum(), values.len())
}

fn divide(total: f64, count: usize) -> f64 {
    total / as_float(count)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn as_float(count: usize) -> f64 {
    count as f64
}

/// The value at `thousandths` of sorted `values`.
fn quantile(values: &[f64], thousandths: usize) -> f64 {
    values[(values.len() - 1) * thousandths / 1000]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Z, interval};

    fn of(values: &[f64]) -> (f64, f64) {
        interval(values, (0.0, 1.0), 2000, 1)
    }

    #[test]
    fn holds_the_mean_and_narrows_with_more_tasks() {
        let tasks = |count: usize| (0..count).map(|i| f64::from(u8::from(i % 4 == 0))).collect::<Vec<_>>();
        let (low, high) = of(&tasks(40));
        assert!(low < 0.25 && 0.25 < high);
        let (narrow_low, narrow_high) = of(&tasks(4000));
        assert!(narrow_high - narrow_low < (high - low) / 5.0);
        assert_eq!(of(&tasks(40)), (low, high), "the same seed gives the same interval");
    }

    /// Wilson's score interval, as its paper has it.
    fn wilson(correct: f64, count: f64) -> (f64, f64) {
        let (share, square) = (correct / count, Z * Z);
        let middle = (share + square / (2.0 * count)) / (1.0 + square / count);
        let half = Z / (1.0 + square / count) * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        (middle - half, middle + half)
    }

    #[test]
    fn tasks_that_agree_have_wilsons_interval() {
        for count in [1_u8, 2, 10, 164] {
            for value in [0.0, 1.0] {
                let (low, high) = of(&vec![value; usize::from(count)]);
                let (expected_low, expected_high) = wilson(value * f64::from(count), f64::from(count));
                assert!(
                    (low - expected_low).abs() < 1e-12 && (high - expected_high).abs() < 1e-12,
                    "{value} of {count}"
                );
            }
        }
        // 1 of 1: what is known after a single task.
        let (low, high) = of(&[1.0]);
        assert!((low - 0.2065).abs() < 1e-4 && (high - 1.0).abs() < 1e-12);
        // Differences may lie below 0: none of 164 tasks differs.
        let (low, high) = interval(&[0.0; 164], (-1.0, 1.0), 2000, 1);
        assert!((low + 0.0229).abs() < 1e-4 && (high - 0.0229).abs() < 1e-4, "{low} {high}");
    }

    proptest! {
        /// The interval of equal values is never a point, never outside what is possible, always around the mean.
        #[test]
        fn equal_values_have_an_interval_around_them(value in 0.0..=1.0_f64, count in 1_usize..500) {
            let (low, high) = of(&vec![value; count]);
            prop_assert!(0.0 <= low && low <= value && value <= high + 1e-12 && high <= 1.0 + 1e-12 && high - low > 1e-3);
        }
    }
}
