//! The sampler against a plain restatement: sort, cut, renormalise.

use proptest::prelude::*;

use super::{NotANumber, Sampler, SamplingParams};

/// The probabilities after temperature and filters, in float64, by sorting; ties by id, as documented.
fn distribution(logits: &[f32], params: &SamplingParams) -> Vec<f64> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weight = |logit: f32| ((f64::from(logit) - f64::from(top)) / f64::from(params.temperature)).exp();
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|a, b| logits[*b].total_cmp(&logits[*a]).then(a.cmp(b)));
    if params.top_k > 0 && params.top_k < order.len() {
        let least = logits[order[params.top_k - 1]];
        order.retain(|token| logits[*token] >= least);
    }
    let total: f64 = order.iter().map(|token| weight(logits[*token])).sum();
    if params.top_p < 1.0 {
        let mut reached = 0.0;
        let kept = order.iter().position(|token| {
            reached += weight(logits[*token]) / total;
            reached >= f64::from(params.top_p)
        });
        order.truncate(kept.map_or(order.len(), |last| last + 1));
    }
    order.retain(|token| weight(logits[*token]) >= f64::from(params.min_p));
    let total: f64 = order.iter().map(|token| weight(logits[*token])).sum();
    let mut probabilities = vec![0.0; logits.len()];
    for token in order {
        probabilities[token] = weight(logits[token]) / total;
    }
    probabilities
}

fn params() -> impl Strategy<Value = SamplingParams> {
    (0.3..2.0_f32, prop_oneof![Just(1.0_f32), 0.1..0.99_f32], 0..40_usize, prop_oneof![Just(0.0_f32), 0.01..0.5_f32])
        .prop_map(|(temperature, top_p, top_k, min_p)| SamplingParams {
            temperature,
            top_p,
            top_k,
            min_p,
            ..SamplingParams::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Walking the draws through [0, 1) in small steps gives every token its share.
    #[test]
    fn shares_of_draws_are_the_filtered_probabilities(
        logits in prop::collection::vec(-8.0..8.0_f32, 2..700),
        params in params(),
    ) {
        const STEPS: u32 = 2_000;
        let mut sampler = Sampler::default();
        let mut counts = vec![0.0; logits.len()];
        for step in 0..STEPS {
            let draw = (f64::from(step) + 0.5) / f64::from(STEPS);
            let choice = sampler.choose(&logits, &params, || draw).unwrap();
            counts[choice.token as usize] += 1.0 / f64::from(STEPS);
        }
        // Each token's draws are one interval: its share is off by a step at either end.
        for (token, (count, probability)) in counts.iter().zip(distribution(&logits, &params)).enumerate() {
            prop_assert!((count - probability).abs() < 2.0 / f64::from(STEPS), "{token}: {count} {probability}");
        }
    }

    #[test]
    fn log_probabilities_are_the_models_own(logits in prop::collection::vec(-20.0..20.0_f32, 2..3_000), params in params()) {
        let choice = Sampler::default().choose(&logits, &params, || 0.37).unwrap();
        let sum: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
        let exact = f64::from(logits[choice.token as usize]) - sum.ln();
        prop_assert!((f64::from(choice.log_probability) - exact).abs() < 2e-6 * exact.abs().max(1.0));
    }
}

/// Thirds add up differently in float32 and float64; these do not.
#[test]
fn ties_at_the_edges_go_to_the_lowest_id_or_all_stay() {
    let mut sampler = Sampler::default();
    let mut seen = |logits: &[f32], params: &SamplingParams| {
        let mut seen: Vec<u32> =
            (0..64).map(|step| sampler.choose(logits, params, || f64::from(step) / 64.0).unwrap().token).collect();
        seen.dedup();
        seen
    };
    let flat = [0.0_f32; 8];
    assert_eq!(seen(&flat, &SamplingParams { top_p: 0.5, ..SamplingParams::default() }), [0, 1, 2, 3]);
    assert_eq!(seen(&flat, &SamplingParams { top_p: 0.51, ..SamplingParams::default() }), [0, 1, 2, 3, 4]);
    assert_eq!(seen(&flat, &SamplingParams { top_k: 3, ..SamplingParams::default() }), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(seen(&[1.0, 3.0, 2.0, 3.0], &SamplingParams { top_k: 1, ..SamplingParams::default() }), [1, 3]);
    assert_eq!(seen(&[1.0, 3.0, 2.0, 3.0], &SamplingParams::greedy(1)), [1]);
    assert_eq!(seen(&[1.0, 3.0, 2.0, 3.0], &SamplingParams { top_p: 1e-9, ..SamplingParams::default() }), [1]);
    assert_eq!(seen(&[1.0, 3.0, 2.0], &SamplingParams { min_p: 1.0, ..SamplingParams::default() }), [1]);
    assert_eq!(seen(&[1.0, 3.0, 2.0], &SamplingParams { temperature: 1e-40, ..SamplingParams::default() }), [1]);
}

/// With both in use the order matters: Hugging Face's top-p counts what min-p will drop.
#[test]
fn top_p_comes_before_min_p() {
    let logits = [0.5_f32, 0.3, 0.1, 0.1].map(f32::ln);
    let both = SamplingParams { top_p: 0.6, min_p: 0.25, ..SamplingParams::default() };
    let mut sampler = Sampler::default();
    let token =
        |sampler: &mut Sampler, params: &SamplingParams| sampler.choose(&logits, params, || 0.99).unwrap().token;
    // 0.5 falls short of 0.6, so 0.3 stays; after min-p it would be 0.5 / 0.8 = 0.625, enough alone.
    assert_eq!(token(&mut sampler, &both), 1);
}

#[test]
fn impossible_tokens_are_never_chosen_and_no_distribution_is_an_error() {
    let mut sampler = Sampler::default();
    let hole = f32::NEG_INFINITY;
    let params = SamplingParams::default();
    for draw in [0.0, 0.5, 1.0 - f64::EPSILON / 2.0] {
        assert_eq!(sampler.choose(&[hole, 1.0, hole], &params, || draw).unwrap().token, 1);
        let top_k = SamplingParams { top_k: 2, ..params.clone() };
        assert_eq!(sampler.choose(&[hole, 1.0, hole], &top_k, || draw).unwrap().token, 1);
    }
    for params in [params, SamplingParams::greedy(1), SamplingParams { top_p: 0.9, ..SamplingParams::default() }] {
        assert_eq!(sampler.choose(&[0.0, f32::NAN, 1.0], &params, || 0.5), Err(NotANumber::NaN));
        assert_eq!(sampler.choose(&[0.0, f32::INFINITY], &params, || 0.5), Err(NotANumber::Infinite));
        assert_eq!(sampler.choose(&[hole, hole], &params, || 0.5), Err(NotANumber::Empty));
        assert_eq!(sampler.choose(&[], &params, || 0.5), Err(NotANumber::Empty));
    }
}
