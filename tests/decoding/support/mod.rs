//! Models, a toy tokenizer, and how the tests run a generator.

mod copier;
mod transformer;

use std::{collections::BTreeMap, ops::ControlFlow};

use tracewright::internals::model::decode::{
    Completion, DecodeError, Detokenizer, Generator, Job, Options, Outcome, Refusal, SamplingParams, Speculation,
    Statistics,
};
pub(crate) use tracewright::internals::model::{Forward, ModelError, Row};

pub(crate) use self::{copier::Copier, transformer::Transformer};

/// A toy tokenizer: token 0 ends a text, token t is the letter with that number.
pub(crate) struct Letters;

/// The token that ends a text in all these tests.
pub(crate) const EOS: u32 = 0;

impl Detokenizer for Letters {
    fn decode(&self, tokens: &[u32]) -> Result<String, DecodeError> {
        Ok(tokens.iter().map(|token| char::from_u32(96 + token).unwrap()).collect())
    }
}

/// The results that a run handed over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Results {
    pub(crate) completions: BTreeMap<(String, usize), Completion>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) statistics: Statistics,
}

impl Results {
    pub(crate) fn completion(&self, key: &str, sample: usize) -> &Completion {
        &self.completions[&(key.to_owned(), sample)]
    }
}

/// Runs jobs; no sample may come twice.
pub(crate) fn run(model: &mut dyn Forward, jobs: Vec<Job>, options: Options) -> Result<Results, DecodeError> {
    run_with(model, &Letters, vec![EOS], jobs, options)
}

pub(crate) fn run_with(
    model: &mut dyn Forward,
    detokenizer: &dyn Detokenizer,
    eos: Vec<u32>,
    jobs: Vec<Job>,
    options: Options,
) -> Result<Results, DecodeError> {
    let mut completions = BTreeMap::new();
    let mut refusals = Vec::new();
    let statistics = Generator::new(model, detokenizer, eos, options)?.run(jobs, |outcome| {
        match outcome {
            Outcome::Completion(completion) => {
                let key = (completion.key.clone(), completion.sample);
                assert!(completions.insert(key, completion).is_none(), "a sample came twice");
            }
            Outcome::Refusal(refusal) => refusals.push(refusal),
        }
        ControlFlow::Continue(())
    })?;
    assert_eq!(statistics.completions, completions.len() as u64);
    assert_eq!(statistics.refused_jobs, refusals.len() as u64);
    let tokens: usize = completions.values().map(|completion| completion.tokens.len()).sum();
    assert_eq!(statistics.new_tokens, tokens as u64);
    Ok(Results { completions, refusals, statistics })
}

/// Options without speculation.
pub(crate) fn plain(slots: usize) -> Options {
    Options { slots, speculation: Speculation::OFF, ..Options::default() }
}

/// Options with it.
pub(crate) fn speculative(slots: usize) -> Options {
    Options { slots, speculation: Speculation { shortest: 1, ..Speculation::default() }, ..Options::default() }
}

/// A prompt of `length` tokens, different for each `seed`, never with an end in it.
pub(crate) fn prompt(seed: u32, length: u32) -> Vec<u32> {
    (0..length).map(|i| 1 + (seed.wrapping_mul(7919) + i * i * 31 + i * seed) % (Transformer::VOCABULARY - 1)).collect()
}

/// Sampling hot enough for texts to differ and cool enough for drafts to be right now and then.
pub(crate) fn sampled(seed: u64, max_new_tokens: usize) -> SamplingParams {
    SamplingParams { temperature: 0.7, max_new_tokens, seed, ..SamplingParams::default() }
}
