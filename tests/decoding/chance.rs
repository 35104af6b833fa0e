//! Sampled texts follow the model's own distribution, with speculation as without.

use std::collections::BTreeMap;

use tracewright::internals::model::decode::{Job, SamplingParams};

use crate::support::{EOS, Results, Transformer, plain, run, speculative};

const SAMPLES: usize = 20_000;
/// A prompt that repeats, so that drafts are made from the first token on.
const PROMPT: [u32; 9] = [5, 9, 2, 5, 9, 2, 5, 9, 2];

fn softmax(logits: &[f32], temperature: f64) -> Vec<f64> {
    let weights: Vec<f64> = logits.iter().map(|logit| (f64::from(*logit) / temperature).exp()).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}

/// Pearson's statistic and its degrees of freedom over all texts of two tokens; those expected fewer than five times count as one.
fn pearson(counts: &BTreeMap<Vec<u32>, f64>, expected: &BTreeMap<Vec<u32>, f64>) -> (f64, f64) {
    let (mut statistic, mut cells) = (0.0, 0.0);
    let (mut rare_count, mut rare_expected) = (0.0, 0.0);
    for (text, expected) in expected {
        let count = counts.get(text).copied().unwrap_or_default();
        if *expected < 5.0 {
            rare_count += count;
            rare_expected += expected;
        } else {
            statistic += (count - expected).powi(2) / expected;
            cells += 1.0;
        }
    }
    if rare_expected > 0.0 {
        statistic += (rare_count - rare_expected).powi(2) / rare_expected;
        cells += 1.0;
    }
    (statistic, cells - 1.0)
}

fn counts(results: &Results) -> BTreeMap<Vec<u32>, f64> {
    let mut counts = BTreeMap::new();
    for completion in results.completions.values() {
        *counts.entry(completion.tokens.clone()).or_default() += 1.0;
    }
    counts
}

/// The frequency with which each text is to be expected, from logits computed from scratch.
#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn expected(model: &Transformer, temperature: f64) -> BTreeMap<Vec<u32>, f64> {
    let first = softmax(model.all_logits(&PROMPT).last().unwrap(), temperature);
    let mut expected = BTreeMap::new();
    for (token, probability) in (0..).zip(first) {
        if token == EOS {
            expected.insert(vec![token], probability * SAMPLES as f64);
            continue;
        }
        let tokens: Vec<u32> = PROMPT.into_iter().chain([token]).collect();
        for (next, then) in (0..).zip(softmax(model.all_logits(&tokens).last().unwrap(), temperature)) {
            expected.insert(vec![token, next], probability * then * SAMPLES as f64);
        }
    }
    expected
}

#[test]
fn texts_are_as_frequent_as_the_model_says() {
    let mut model = Transformer::new(21, 32);
    let temperature = 0.8;
    let params = SamplingParams { temperature: 0.8, max_new_tokens: 2, seed: 1, ..SamplingParams::default() };
    let jobs = || vec![Job::new("chance", PROMPT.to_vec(), SAMPLES, params.clone())];
    let mut seen = Vec::new();
    for options in [plain(16), speculative(16)] {
        let results = run(&mut model, jobs(), options).unwrap();
        let (statistic, freedom) = pearson(&counts(&results), &expected(&model, temperature));
        // Mean `freedom`, standard deviation sqrt(2 freedom): four of them are one in ten thousand.
        let bound = freedom + 4.0 * (2.0 * freedom).sqrt();
        assert!(freedom > 50.0 && statistic < bound, "{statistic} for {freedom} degrees of freedom");
        // The test can fail: another temperature does.
        let (other, freedom) = pearson(&counts(&results), &expected(&model, 0.9));
        assert!(other > freedom + 8.0 * (2.0 * freedom).sqrt(), "{other} for {freedom} degrees of freedom");
        seen.push(results);
    }
    assert_eq!(seen[0].completions, seen[1].completions);
    assert!(seen[1].statistics.drafted > 10_000 && seen[1].statistics.accepted > 500, "{:?}", seen[1].statistics);
}
