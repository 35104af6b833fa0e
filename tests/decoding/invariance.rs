//! A sample's tokens, text and log-probabilities depend on its key, index, prompt and parameters, and on nothing else.

use tracewright::internals::model::decode::{FinishReason, Job, SamplingParams};

use crate::support::{EOS, Transformer, plain, prompt, run, sampled, speculative};

/// Tasks of all kinds: long and short, with few and many samples, greedy and sampled, with and without filters, and some that
/// begin alike.
fn jobs() -> Vec<Job> {
    let filtered = SamplingParams { top_p: 0.9, top_k: 12, min_p: 0.02, ..sampled(5, 25) };
    let stopped = SamplingParams { stop: vec!["ab".to_owned(), "q".to_owned()], ..sampled(9, 40) };
    let mut longer = prompt(1, 40);
    longer.extend(prompt(8, 9));
    vec![
        Job::new("long", prompt(1, 60), 5, sampled(3, 30)),
        Job::new("begins as long does", longer, 2, sampled(3, 30)),
        Job::new("one token", vec![4], 3, filtered),
        Job::new("greedy", prompt(3, 20), 1, SamplingParams::greedy(40)),
        Job::new("stopped", prompt(4, 7), 6, stopped),
        Job::new("full", prompt(5, 100), 2, sampled(1, 500)),
        Job { samples: vec![4, 1], ..Job::new("long", prompt(6, 15), 0, sampled(3, 12)) },
    ]
    .into_iter()
    .enumerate()
    .map(|(index, job)| Job { key: format!("{index} {}", job.key), ..job })
    .collect()
}

#[test]
fn same_at_any_number_of_slots_in_any_order_with_and_without_speculation() {
    let mut model = Transformer::new(11, 128);
    let expected = run(&mut model, jobs(), plain(1)).unwrap();
    assert_eq!(expected.completions.len(), 21);
    assert_eq!(expected.statistics.drafted, 0);
    let texts: std::collections::BTreeSet<&str> = expected.completions.values().map(|c| c.text.as_str()).collect();
    assert!(texts.len() > 15, "the samples differ: {texts:?}");
    let (mut drafted, mut accepted) = (0, 0);
    for slots in [1, 2, 3, 8, 32] {
        for order in 0..3 {
            for speculation in [false, true] {
                let options = if speculation { speculative(slots) } else { plain(slots) };
                let mut jobs = jobs();
                match order {
                    0 => {}
                    1 => jobs.reverse(),
                    _ => jobs.rotate_left(3),
                }
                let results = run(&mut model, jobs, options).unwrap();
                assert_eq!(results.completions, expected.completions, "{slots} {order} {speculation}");
                assert_eq!(model.calls, results.statistics.calls);
                assert!(model.widest <= slots);
                drafted += results.statistics.drafted;
                accepted += results.statistics.accepted;
            }
        }
    }
    assert!(accepted > drafted / 20 && accepted < drafted * 9 / 10, "both ways were taken: {accepted} of {drafted}");
}

#[test]
fn log_probabilities_are_those_computed_from_scratch() {
    let mut model = Transformer::new(2, 128);
    let results = run(&mut model, jobs(), speculative(3)).unwrap();
    let prompts: std::collections::BTreeMap<String, Vec<u32>> =
        jobs().into_iter().map(|job| (job.key, job.prompt)).collect();
    for completion in results.completions.values() {
        let mut tokens = prompts[&completion.key].clone();
        let from = tokens.len() - 1;
        tokens.extend(&completion.tokens);
        let logits = model.all_logits(&tokens[..tokens.len() - 1]);
        let exact: Vec<f64> = (logits[from..].iter().zip(&completion.tokens))
            .map(|(logits, token)| {
                let sum: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
                f64::from(logits[*token as usize]) - sum.ln()
            })
            .collect();
        assert_eq!(exact.len(), completion.log_probabilities.len());
        for (exact, given) in exact.iter().zip(&completion.log_probabilities) {
            assert!((exact - f64::from(*given)).abs() < 1e-5, "{exact} {given}");
        }
        assert!((exact.iter().sum::<f64>() - completion.log_probability).abs() < 1e-4);
    }
}

#[test]
fn greedy_takes_the_likeliest_token_computed_from_scratch() {
    let mut model = Transformer::new(4, 128);
    let start = prompt(3, 20);
    let job = Job::new("greedy", start.clone(), 1, SamplingParams::greedy(60));
    let results = run(&mut model, vec![job], speculative(2)).unwrap();
    let completion = results.completion("greedy", 0);
    let mut tokens = start.clone();
    while tokens.len() < start.len() + 60 && (tokens.len() == start.len() || tokens.last() != Some(&EOS)) {
        let logits = model.all_logits(&tokens).pop().unwrap();
        let best =
            (0..Transformer::VOCABULARY).max_by(|a, b| logits[*a as usize].total_cmp(&logits[*b as usize])).unwrap();
        tokens.push(best);
    }
    assert_eq!(completion.tokens, tokens[start.len()..]);
    assert!(matches!(completion.reason, FinishReason::Eos | FinishReason::Length));
}

#[test]
fn key_index_and_seed_each_change_the_samples() {
    let mut model = Transformer::new(11, 128);
    let mut text = |key: &str, sample: usize, seed: u64| {
        let job = Job { samples: vec![sample], ..Job::new(key, prompt(1, 10), 0, sampled(seed, 40)) };
        run(&mut model, vec![job], plain(1)).unwrap().completion(key, sample).tokens.clone()
    };
    let base = text("a", 0, 0);
    assert_eq!(base, text("a", 0, 0));
    assert!(base != text("b", 0, 0) && base != text("a", 1, 0) && base != text("a", 0, 1));
}
