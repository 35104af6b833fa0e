//! Speculation changes the number of calls and nothing else.

use tracewright::internals::model::decode::{FinishReason, Job, SamplingParams, Speculation};

use crate::support::{Copier, Transformer, plain, prompt, run, sampled, speculative};

#[test]
fn the_same_texts_over_many_seeds() {
    let mut model = Transformer::new(6, 96);
    let (mut drafted, mut accepted) = (0, 0);
    for seed in 0..60 {
        let params = SamplingParams {
            temperature: [0.0, 0.4, 0.8, 1.3][usize::try_from(seed % 4).unwrap()],
            ..sampled(seed, 50)
        };
        let jobs = || vec![Job::new(format!("task {seed}"), prompt(7, 24), 4, params.clone())];
        let without = run(&mut model, jobs(), plain(4)).unwrap();
        for most in [1, 3, 16] {
            let mut options = speculative(4);
            options.speculation = Speculation { most, ..options.speculation };
            let with = run(&mut model, jobs(), options).unwrap();
            assert_eq!(with.completions, without.completions, "seed {seed}, drafts of up to {most}");
            drafted += with.statistics.drafted;
            accepted += with.statistics.accepted;
        }
    }
    assert!(accepted > 500 && drafted - accepted > 500, "both ways were taken: {accepted} of {drafted}");
}

fn copying(samples: usize) -> (Copier, impl Fn() -> Vec<Job>) {
    let model = Copier::new(200, 700);
    let prompts: Vec<Vec<u32>> = (0..3).map(|seed| model.prompt(seed, 250)).collect();
    let jobs = move || {
        let job = |(index, prompt): (usize, &Vec<u32>)| {
            Job::new(index.to_string(), prompt.clone(), samples, SamplingParams::greedy(400))
        };
        prompts.iter().enumerate().map(job).collect()
    };
    (model, jobs)
}

#[test]
fn a_copying_model_needs_a_quarter_of_the_calls_at_most() {
    let (mut model, jobs) = copying(2);
    for slots in [1, 4] {
        let plain = run(&mut model, jobs(), plain(slots)).unwrap();
        assert_eq!(model.calls, plain.statistics.calls);
        let fast = run(&mut model, jobs(), speculative(slots)).unwrap();
        assert_eq!(model.calls, fast.statistics.calls);
        assert_eq!(fast.completions, plain.completions);
        let completion = plain.completion("1", 0);
        assert_eq!(completion.reason, FinishReason::Eos);
        assert_eq!(completion.tokens[..250], jobs()[1].prompt[..250]);
        assert!(
            4 * fast.statistics.calls <= plain.statistics.calls,
            "{} calls against {}",
            fast.statistics.calls,
            plain.statistics.calls
        );
    }
}

#[test]
fn small_departures_cost_little() {
    let (mut model, jobs) = copying(1);
    model.departs = 40;
    let plain = run(&mut model, jobs(), plain(3)).unwrap();
    let fast = run(&mut model, jobs(), speculative(3)).unwrap();
    assert_eq!(fast.completions, plain.completions);
    assert_ne!(plain.completion("0", 0).tokens[..250], jobs()[0].prompt[..250], "it does depart");
    assert!(3 * fast.statistics.calls <= plain.statistics.calls, "{:?}", fast.statistics);
}

#[test]
fn wrong_drafts_are_soon_given_up() {
    // Nearly uniform: drafts are right one time in twenty.
    let mut model = Transformer::new(3, 400);
    model.sharpness = 0.02;
    let job = Job::new("noise", prompt(2, 100), 1, SamplingParams { temperature: 1.0, ..sampled(0, 250) });
    let results = run(&mut model, vec![job], speculative(1)).unwrap();
    let statistics = results.statistics;
    assert!(statistics.new_tokens > 40, "{statistics:?}");
    assert!(statistics.drafted < statistics.new_tokens / 2, "{statistics:?}");
}

#[test]
fn drafts_stay_within_the_budget_of_a_call() {
    let (mut model, jobs) = copying(4);
    let mut options = speculative(8);
    options.speculation.per_call = 8;
    let results = run(&mut model, jobs(), options).unwrap();
    let decoding = results.statistics.calls - results.statistics.prefill_calls;
    assert!(results.statistics.drafted <= 8 * decoding);
    assert!(results.statistics.accepted > 0);
}
