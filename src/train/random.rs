//! Random numbers whose stream is fixed by specification (`ChaCha`): the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A stream of numbers.
pub(super) struct Random(ChaCha8Rng);

impl Random {
    /// The stream of `seed` for one `purpose`.
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(purpose);
        Self(random)
    }

    /// Uniform from 0 to 1, 1 excluded.
    fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.0.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// Below `limit`, which is above 0, without bias (Lemire, 2019).
    fn below(&mut self, limit: u64) -> u64 {
        loop {
            let wide = u128::from(self.0.next_u64()) * u128::from(limit);
            #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted, then the high one")]
            let (low, high) = (wide as u64, (wide >> 64) as u64);
            if low >= limit.wrapping_neg() % limit {
                return high;
            }
        }
    }

    /// The numbers below `count` in random order (Fisher and Yates).
    pub(super) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order = (0..count).collect::<Vec<_>>();
        for last in (1..count).rev() {
            #[expect(clippy::cast_possible_truncation, reason = "at most `last`")]
            let other = self.below(last as u64 + 1) as usize;
            order.swap(last, other);
        }
        order
    }

    /// Normally distributed around 0 (Box and Muller).
    pub(super) fn normal(&mut self, deviation: f64, count: usize) -> Vec<f32> {
        let mut next = || {
            let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
            radius * (std::f64::consts::TAU * self.unit()).cos() * deviation
        };
        #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
        (0..count).map(|_| next() as f32).collect()
    }

    /// Uniform within `limit` of 0.
    pub(super) fn uniform(&mut self, limit: f64, count: usize) -> Vec<f32> {
        #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
        (0..count).map(|_| ((2.0 * self.unit() - 1.0) * limit) as f32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_every_number_once_and_comes_from_the_seed() {
        let order = Random::new(1, 2).order(100);
        assert_eq!(order, Random::new(1, 2).order(100));
        assert_ne!(order, Random::new(1, 3).order(100));
        assert_ne!(order, Random::new(2, 2).order(100));
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn normal_numbers_have_their_moments() {
        let values = Random::new(5, 0).normal(0.02, 20_000);
        let mean = values.iter().sum::<f32>() / 20_000.0;
        let variance = values.iter().map(|value| value * value).sum::<f32>() / 20_000.0;
        assert!(mean.abs() < 5e-4 && (variance.sqrt() - 0.02).abs() < 5e-4, "{mean} {variance}");
    }
}
