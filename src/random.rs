//! Seeded choices: the same on every machine and with every version of this program, as `ChaCha`'s stream is fixed by specification.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A source of choices.
#[derive(Debug, Clone)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The source of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// The source that belongs to `name` under this seed, independent of all others.
    #[must_use]
    pub fn named(seed: u64, name: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes()).update(name.as_bytes());
        Self(ChaCha8Rng::from_seed(*hasher.finalize().as_bytes()))
    }

    /// A number below `bound`, by multiplication (Lemire 2019); its bias of 2^-64 is beyond notice. 0 where `bound` is.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A seed for another source.
    pub fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(0);
        low.saturating_add(i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// A draw that is true once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Puts `items` in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A number that is uniform from 0 to 1, 1 excluded.
    #[cfg(feature = "train")]
    fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.0.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// Numbers that are normally distributed around 0 (Box and Muller).
    #[cfg(feature = "train")]
    pub fn normal(&mut self, deviation: f64, count: usize) -> Vec<f32> {
        let mut next = || {
            let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
            radius * (std::f64::consts::TAU * self.unit()).cos() * deviation
        };
        #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
        (0..count).map(|_| next() as f32).collect()
    }

    /// Numbers that are uniform within `limit` of 0.
    #[cfg(feature = "train")]
    pub fn uniform(&mut self, limit: f64, count: usize) -> Vec<f32> {
        #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
        (0..count).map(|_| ((2.0 * self.unit() - 1.0) * limit) as f32).collect()
    }
}

#[cfg(all(test, feature = "train"))]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_have_their_moments() {
        let values = Random::new(5).normal(0.02, 20_000);
        let mean = values.iter().sum::<f32>() / 20_000.0;
        let variance = values.iter().map(|value| value * value).sum::<f32>() / 20_000.0;
        assert!(mean.abs() < 5e-4 && (variance.sqrt() - 0.02).abs() < 5e-4, "{mean} {variance}");
    }
}
