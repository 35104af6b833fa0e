//! Two sets of samples for the same tasks, compared task by task: what differs between tasks cancels.

use super::{Count, Estimate, estimate, values};

/// The mean over tasks of the difference in pass@k, second minus first, with its 95 % interval by the paired bootstrap: tasks are drawn,
/// each with both its values (where all differ by as much, see [`interval`](super::interval())). Nothing where there are no tasks, or one has samples but fewer than `k`.
#[must_use]
pub fn paired_difference(first: &[Count], second: &[Count], k: u64) -> Option<Estimate> {
    difference_over_runs(&[first], &[second], k)
}

/// The difference of two models over several runs, such as seeds: each has a task's mean over its runs.
#[must_use]
pub fn difference_over_runs(first: &[&[Count]], second: &[&[Count]], k: u64) -> Option<Estimate> {
    let (first, second) = (values(first, k)?, values(second, k)?);
    let differences: Vec<f64> = first.iter().zip(&second).map(|(a, b)| b - a).collect();
    (first.len() == second.len()).then(|| estimate(&differences, (-1.0, 1.0)))
}

/// `McNemar`'s exact test (1947; two-sided binomial): how likely it is that, of `gained + lost` tasks whose outcome differs, the split is at least
/// as uneven as this one, if either way were equally likely.
#[must_use]
pub fn mcnemar(gained: u64, lost: u64) -> f64 {
    let (few, all) = (gained.min(lost), gained + lost);
    if all == 0 {
        return 1.0;
    }
    // In logarithms: 2^-all underflows from some 1,000 on.
    #[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
    let ln = |value: u64| (value as f64).ln();
    let mut term = -ln(2) * f64::from(u32::try_from(all).unwrap_or(u32::MAX));
    let mut sum = term.exp();
    for i in 1..=few {
        term += ln(all - i + 1) - ln(i);
        sum += term.exp();
    }
    (2.0 * sum).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::{Count, difference_over_runs, mcnemar, paired_difference};

    #[test]
    fn runs_are_averaged_before_they_are_compared() {
        let count = |correct| Count { samples: 4, correct };
        let (first, second) = ([count(0), count(2)], [count(2), count(2)]);
        let better = [count(4), count(2)];
        let one = difference_over_runs(&[&first, &second], &[&better, &better], 1).unwrap();
        assert!((one.value - 0.375).abs() < 1e-12, "{one:?}");
        assert_eq!(difference_over_runs(&[&first], &[&better], 1), paired_difference(&first, &better, 1));
        assert_eq!(difference_over_runs(&[&first], &[&better[..1]], 1), None);
    }

    #[test]
    fn mcnemar_is_the_two_sided_binomial() {
        assert!((mcnemar(0, 0) - 1.0).abs() < 1e-12);
        assert!((mcnemar(5, 5) - 1.0).abs() < 1e-12);
        // 2 * (1 + 10) / 2^10 and 2 / 2^6.
        assert!((mcnemar(1, 9) - 22.0 / 1024.0).abs() < 1e-12);
        assert!((mcnemar(6, 0) - 2.0 / 64.0).abs() < 1e-12);
        assert!(mcnemar(0, 5000) < 1e-300 && mcnemar(2500, 2500) <= 1.0);
    }

    #[test]
    fn what_tasks_differ_in_cancels() {
        let counts = |bonus: u64| -> Vec<Count> {
            (0..40).map(|task| Count { samples: 10, correct: task % 8 + bonus }).collect()
        };
        let difference = paired_difference(&counts(0), &counts(1), 1).unwrap();
        // As wide as 40 tasks that all agree leave it, however much the tasks themselves differ.
        let others = 3.8415 / 43.8415;
        assert!((difference.value - 0.1).abs() < 1e-12, "{difference:?}");
        assert!(
            (difference.low - (0.1 - 1.1 * others)).abs() < 1e-4
                && (difference.high - (0.1 + 0.9 * others)).abs() < 1e-4
        );
        assert!(paired_difference(&counts(0), &counts(1)[1..], 1).is_none());
        assert!(paired_difference(&counts(0), &counts(0), 11).is_none());
    }
}
