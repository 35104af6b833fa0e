//! Percentile bootstrap over tasks (Efron 1979): tasks are what a benchmark sampled, so they are what is resampled.

use crate::random::Random;

/// The 95 % interval of the mean of `values`: 2.5 % and 97.5 % quantiles over `resamples` draws with replacement.
#[must_use]
pub fn bootstrap(values: &[f64], resamples: usize, seed: u64) -> (f64, f64) {
    let Some(first) = values.first() else { return (0.0, 0.0) };
    if values.iter().all(|value| value.to_bits() == first.to_bits()) {
        return (*first, *first);
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

pub(super) fn mean(values: &[f64]) -> f64 {
    divide(values.iter().sum(), values.len())
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn divide(total: f64, count: usize) -> f64 {
    total / count as f64
}

/// The value at `thousandths` of sorted `values`.
fn quantile(values: &[f64], thousandths: usize) -> f64 {
    values[(values.len() - 1) * thousandths / 1000]
}

#[cfg(test)]
mod tests {
    use super::bootstrap;

    #[test]
    fn holds_the_mean_and_narrows_with_more_tasks() {
        let tasks = |count: usize| (0..count).map(|i| f64::from(u8::from(i % 4 == 0))).collect::<Vec<_>>();
        let (low, high) = bootstrap(&tasks(40), 2000, 1);
        assert!(low < 0.25 && 0.25 < high);
        let (narrow_low, narrow_high) = bootstrap(&tasks(4000), 2000, 1);
        assert!(narrow_high - narrow_low < (high - low) / 5.0);
        assert_eq!(bootstrap(&tasks(40), 2000, 1), (low, high), "the same seed gives the same interval");
    }
}
