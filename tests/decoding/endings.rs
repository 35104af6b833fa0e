//! The ways in which samples end, and what is refused.

use std::ops::ControlFlow;

use tracewright::internals::model::decode::{
    DecodeError, FinishReason, Generator, Job, Options, Outcome, RefusalReason, SamplingParams, Speculation,
};

use crate::support::{Copier, EOS, Letters, Transformer, plain, prompt, run, sampled, speculative};

#[test]
fn lengths_are_kept() {
    let mut model = Transformer::new(11, 64);
    for options in [plain(2), speculative(2)] {
        for limit in [1, 2, 9] {
            let job = Job::new("length", prompt(1, 10), 20, sampled(0, limit));
            let results = run(&mut model, vec![job], options.clone()).unwrap();
            let lengths = results.completions.values().filter(|c| c.reason == FinishReason::Length).count();
            assert!(lengths > 0);
            for completion in results.completions.values() {
                match completion.reason {
                    FinishReason::Length => assert_eq!(completion.tokens.len(), limit),
                    FinishReason::Eos => assert!(completion.tokens.len() <= limit),
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

#[test]
fn an_end_token_ends_and_is_no_text() {
    let mut model = Transformer::new(11, 128);
    let job = Job::new("eos", prompt(1, 10), 100, sampled(0, 100));
    let results = run(&mut model, vec![job], speculative(4)).unwrap();
    let ended: Vec<_> = results.completions.values().filter(|c| c.reason == FinishReason::Eos).collect();
    assert!(ended.len() > 3, "{}", ended.len());
    for completion in ended {
        let (last, others) = completion.tokens.split_last().unwrap();
        assert_eq!(*last, EOS);
        assert!(!others.contains(&EOS));
        assert_eq!(completion.text.len(), others.len());
        assert_eq!(completion.log_probabilities.len(), completion.tokens.len());
    }
}

#[test]
fn the_context_is_filled_to_its_last_token_and_not_beyond() {
    let mut model = Transformer::new(11, 40);
    for (options, context) in
        [(plain(3), 40), (speculative(3), 40), (Options { length: Some(25), ..speculative(3) }, 25)]
    {
        let jobs = vec![
            Job::new("some room", prompt(1, 20), 10, sampled(2, 1000)),
            Job::new("room for one", prompt(2, u32::try_from(context).unwrap() - 1), 2, sampled(2, 1000)),
        ];
        let results = run(&mut model, jobs, options).unwrap();
        let full: Vec<_> = results.completions.values().filter(|c| c.reason == FinishReason::Context).collect();
        assert!(full.len() > 3);
        for completion in full {
            let room = if completion.key == "some room" { context - 20 } else { 1 };
            assert_eq!(completion.tokens.len(), room);
        }
    }
}

#[test]
fn stop_strings_cut_wherever_they_lie() {
    let mut model = Transformer::new(5, 128);
    let free = |samples| Job::new("stop", prompt(9, 10), samples, sampled(4, 60));
    let unstopped = run(&mut model, vec![free(30)], plain(4)).unwrap();
    // Some string of three tokens that occurs, from the middle of a text; and one that does not, which may not matter.
    let text = &unstopped.completion("stop", 7).text;
    let stop = vec!["zzzz".to_owned(), text[text.len() / 2..text.len() / 2 + 3].to_owned()];
    let job = Job { params: SamplingParams { stop: stop.clone(), ..sampled(4, 60) }, ..free(30) };
    for options in [plain(1), plain(8), speculative(4)] {
        let results = run(&mut model, vec![job.clone()], options).unwrap();
        for (id, completion) in &results.completions {
            let whole = &unstopped.completions[id];
            match whole.text.find(&stop[1]) {
                Some(place) => {
                    assert_eq!(completion.reason, FinishReason::Stop);
                    assert_eq!(completion.text, whole.text[..place]);
                    assert_eq!(completion.tokens.len(), place + 3, "the stop string's tokens, and none beyond");
                }
                None => assert_eq!(completion, whole),
            }
        }
        assert_eq!(results.completion("stop", 7).reason, FinishReason::Stop);
    }
}

#[test]
fn what_cannot_be_decoded_is_refused_and_the_rest_is_not() {
    let mut model = Transformer::new(1, 32);
    let greedy = || SamplingParams::greedy(4);
    let jobs = vec![
        Job::new("too long", prompt(1, 32), 3, greedy()),
        Job::new("fits", prompt(1, 31), 1, greedy()),
        Job::new("empty", Vec::new(), 2, greedy()),
        Job::new("unknown", vec![1, 24], 1, greedy()),
        Job::new("cold", vec![1], 1, SamplingParams { temperature: -1.0, ..greedy() }),
        Job::new("nothing wanted", vec![1], 0, greedy()),
        Job::new("last", vec![1], 1, greedy()),
    ];
    let results = run(&mut model, jobs, plain(2)).unwrap();
    let refused: Vec<(&str, usize)> = results.refusals.iter().map(|r| (r.key.as_str(), r.samples.len())).collect();
    assert_eq!(refused, [("too long", 3), ("empty", 2), ("unknown", 1), ("cold", 1)]);
    assert_eq!(results.statistics.refused_samples, 7);
    assert_eq!(results.refusals[0].reason, RefusalReason::PromptTooLong { tokens: 32, context: 32 });
    assert_eq!(
        results.refusals.iter().map(|refusal| refusal.reason.to_string()).collect::<Vec<_>>(),
        [
            "the prompt has 32 tokens, the context of 32 leaves room for 31 at most",
            "the prompt has no tokens; begin it with the model's beginning-of-sequence token",
            "the prompt holds token 24, the model's vocabulary has 24: tokenizer and model do not fit",
            "sampling parameter `temperature` is -1; it must be a finite number, 0 or more",
        ]
    );
    assert!(results.completions.keys().map(|(key, _)| key).eq(["fits", "last"]));
}

#[test]
fn logits_that_are_no_numbers_stop_the_run_and_say_where() {
    let mut model = Transformer::new(1, 64);
    model.breaks_at = Some(12);
    let job = Job { samples: vec![3], ..Job::new("broken", prompt(1, 10), 0, SamplingParams::greedy(20)) };
    match run(&mut model, vec![job], plain(2)).unwrap_err() {
        DecodeError::NotANumber { key, sample, position, .. } => {
            assert_eq!((key.as_str(), sample, position), ("broken", 3, 3));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_sink_that_wants_no_more_gets_no_more() {
    let mut model = Copier::new(50, 100);
    let job = Job::new("many", model.prompt(1, 20), 1000, SamplingParams::greedy(30));
    let mut count = 0;
    let statistics = Generator::new(&mut model, &Letters, vec![EOS], plain(3))
        .unwrap()
        .run(vec![job], |outcome| {
            assert!(matches!(outcome, Outcome::Completion(_)));
            count += 1;
            if count == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!((count, statistics.completions), (4, 4));
}

#[test]
fn options_that_cannot_be_met_are_named() {
    let mut model = Copier::new(50, 100);
    let mut name = |options| match Generator::new(&mut model, &Letters, vec![EOS], options).err().unwrap() {
        DecodeError::Option { name, .. } => name,
        other => panic!("{other}"),
    };
    assert_eq!(name(Options { slots: 0, ..Options::default() }), "slots");
    assert_eq!(name(Options { length: Some(1), ..Options::default() }), "length");
    let speculation = Speculation { shortest: 0, ..Speculation::default() };
    assert_eq!(name(Options { speculation, ..Options::default() }), "speculation");
}

#[test]
fn parameters_out_of_range_are_named() {
    let name = |change: fn(&mut SamplingParams)| {
        let mut params = SamplingParams::default();
        change(&mut params);
        params.check().unwrap_err().name
    };
    assert_eq!(name(|p| p.temperature = f32::NAN), "temperature");
    assert_eq!(name(|p| p.top_p = 0.0), "top_p");
    assert_eq!(name(|p| p.min_p = 1.5), "min_p");
    assert_eq!(name(|p| p.max_new_tokens = 0), "max_new_tokens");
    assert_eq!(name(|p| p.stop = vec![String::new()]), "stop");
    assert!(SamplingParams::default().check().is_ok());
    let read: SamplingParams = serde_json::from_str(r#"{"temperature": 0.8, "stop": ["\n\n"]}"#).unwrap();
    assert_eq!(read, SamplingParams { temperature: 0.8, stop: vec!["\n\n".to_owned()], ..SamplingParams::default() });
    assert!(serde_json::from_str::<SamplingParams>(r#"{"temprature": 0.8}"#).is_err());
    assert_eq!(serde_json::to_string(&FinishReason::Eos).unwrap(), "\"eos\"");
}
