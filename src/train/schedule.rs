//! The learning rate of each step.

use super::options::Options;

/// The learning rate of `step`, from 1, of `steps`: up in a straight line while warming up, then half a cosine down to its final share at
/// the last step.
pub(super) fn learning_rate(step: usize, steps: usize, options: &Options) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let top = options.learning_rate;
    if step <= options.warmup {
        return top * share(step, options.warmup);
    }
    let falling = steps.saturating_sub(options.warmup + 1);
    if falling == 0 {
        return top;
    }
    let way = share((step - options.warmup - 1).min(falling), falling);
    let low = top * options.final_share;
    low + (top - low) * 0.5 * (1.0 + (std::f64::consts::PI * way).cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_then_falls() {
        let options = Options { learning_rate: 1.0, warmup: 4, final_share: 0.1, ..Options::default() };
        let rates = (1..=15).map(|step| learning_rate(step, 15, &options)).collect::<Vec<_>>();
        for (rate, wanted) in rates.iter().zip([0.25, 0.5, 0.75, 1.0, 1.0]) {
            assert!((rate - wanted).abs() < 1e-12);
        }
        assert!((rates[9] - 0.55).abs() < 1e-12);
        assert!((rates[14] - 0.1).abs() < 1e-12);
        assert!((learning_rate(1, 1, &Options { warmup: 0, ..options }) - 1.0).abs() < 1e-12);
    }
}
