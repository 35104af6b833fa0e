//! The work that is run, and the work that is not run twice.

use tracewright::internals::model::decode::{Job, SamplingParams};

use crate::support::{Transformer, plain, prompt, run, sampled};

#[test]
fn a_prompt_is_run_once_for_all_its_samples() {
    let mut model = Transformer::new(11, 128);
    for slots in [1, 3, 8] {
        let job = Job::new("shared", prompt(1, 50), 20, sampled(0, 10));
        let statistics = run(&mut model, vec![job], plain(slots)).unwrap().statistics;
        // All of it once, and its last token once a sample, for the logits.
        assert_eq!(statistics.prompt_tokens, 49 + 20);
        assert_eq!(statistics.reused_tokens, 19 * 49);
        assert_eq!(statistics.prefill_calls, 1);
        assert_eq!(model.copies, slots as u64 - 1, "a slot's next sample finds the prompt where it is");
    }
}

#[test]
fn a_beginning_that_prompts_share_is_run_once() {
    let mut model = Transformer::new(11, 128);
    let exemplars = prompt(1, 60);
    for slots in [1, 4] {
        let jobs = (0..6)
            .map(|task| {
                let prompt = exemplars.iter().copied().chain(prompt(task, 8 + task)).collect();
                Job::new(task.to_string(), prompt, 1, SamplingParams::greedy(5))
            })
            .collect();
        let statistics = run(&mut model, jobs, plain(slots)).unwrap().statistics;
        let own: u64 = (0..6).map(|task| 8 + task).sum();
        assert!(statistics.prompt_tokens <= 60 + own, "{statistics:?}");
        assert!(statistics.reused_tokens >= 5 * 60, "{statistics:?}");
    }
}

#[test]
fn prompts_of_all_slots_come_in_one_call() {
    let mut model = Transformer::new(11, 128);
    let jobs = (0..4).map(|task| Job::new(task.to_string(), prompt(task + 1, 101), 1, sampled(0, 1))).collect();
    let statistics = run(&mut model, jobs, plain(4)).unwrap().statistics;
    assert_eq!((statistics.prefill_calls, statistics.calls), (1, 2));
    assert_eq!(statistics.prompt_tokens, 4 * 101);
}

#[test]
fn a_place_that_falls_free_is_taken_at_once() {
    let mut model = Transformer::new(11, 128);
    let jobs: Vec<Job> = (0..40)
        .map(|task| Job::new(task.to_string(), prompt(task, 3), 1, sampled(0, 1 + task as usize % 30)))
        .collect();
    let results = run(&mut model, jobs, plain(4)).unwrap();
    let decoding = results.statistics.calls - results.statistics.prefill_calls;
    // Four at a time but for the end, when the last ones run out.
    assert!(decoding <= results.statistics.new_tokens / 4 + 30, "{:?}", results.statistics);
}

#[test]
fn jobs_are_taken_only_when_there_is_room_for_them() {
    let mut model = Transformer::new(11, 128);
    let taken = std::cell::Cell::new(0);
    let done = std::cell::Cell::new(0);
    let jobs = (0..20_u32).map(|task| {
        taken.set(taken.get() + 1);
        assert!(taken.get() <= done.get() + 2, "{} taken, {} done", taken.get(), done.get());
        Job::new(task.to_string(), prompt(task, 3), 1, sampled(0, 5))
    });
    tracewright::internals::model::decode::Generator::new(&mut model, &crate::support::Letters, vec![0], plain(2))
        .unwrap()
        .run(jobs, |_| {
            done.set(done.get() + 1);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(done.get(), 20);
}
