//! The unbiased estimator of pass@k (Chen et al. 2021, *Evaluating Large Language Models Trained on Code*, section 2.1).

/// The chance that at least one of `k` samples drawn without replacement from `samples`, of which `correct` pass, passes:
/// `1 - C(samples - correct, k) / C(samples, k)`.
///
/// Evaluated as the paper does, as a product of factors in (0, 1], which neither overflows nor cancels; the shorter of two equal
/// products is taken, so the cost is at most `min(k, correct)` factors.
///
/// # Panics
///
/// If `correct > samples` or `k > samples` or `k == 0`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn pass_at_k(samples: u64, correct: u64, k: u64) -> f64 {
    assert!(correct <= samples && k <= samples && k > 0, "pass@{k} of {correct}/{samples}");
    if samples - correct < k {
        return 1.0;
    }
    // C(n-c, k) / C(n, k) = prod_{i=n-c+1}^{n} (1 - k/i) = prod_{i=n-k+1}^{n} (1 - c/i).
    let (factors, share) = if correct <= k { (correct, k) } else { (k, correct) };
    let failing: f64 = (samples - factors + 1..=samples).map(|i| 1.0 - share as f64 / i as f64).product();
    1.0 - failing
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use num_traits::ToPrimitive;
    use proptest::prelude::*;

    use super::pass_at_k;

    fn binomial(n: u64, k: u64) -> BigUint {
        (0..k).fold(BigUint::from(1_u8), |acc, i| acc * (n - i) / (i + 1))
    }

    proptest! {
        /// The estimator against the definition in exact arithmetic.
        #[test]
        fn equals_the_definition((n, c, k) in (1_u64..200).prop_flat_map(|n| (Just(n), 0..=n, 1..=n))) {
            let scale = BigUint::from(10_u8).pow(18);
            let failing = if n - c < k { BigUint::from(0_u8) } else { binomial(n - c, k) * &scale / binomial(n, k) };
            let exact = 1.0 - failing.to_f64().unwrap() / 1e18;
            prop_assert!((pass_at_k(n, c, k) - exact).abs() < 1e-12);
        }

        #[test]
        fn grows_with_k_and_with_correct((n, c, k) in (2_u64..2000).prop_flat_map(|n| (Just(n), 0..n, 1..n))) {
            prop_assert!(pass_at_k(n, c, k + 1) >= pass_at_k(n, c, k) - 1e-12);
            prop_assert!(pass_at_k(n, c + 1, k) >= pass_at_k(n, c, k) - 1e-12);
        }
    }

    #[test]
    fn stays_exact_for_many_samples() {
        assert!((pass_at_k(100_000, 12_345, 1) - 0.123_45).abs() < 1e-12);
        assert!((pass_at_k(100_000, 50_000, 100_000 - 50_000) - 1.0).abs() < 1e-12);
        assert!(pass_at_k(100_000, 1, 99_999) < 1.0);
    }
}
