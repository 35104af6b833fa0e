//! One sample while it is being decoded.

use std::sync::Arc;

use super::{
    draft::Pace,
    error::DecodeError,
    job::{Completion, FinishReason, Job},
    random::Draws,
    sampler::Sampler,
    stop,
    text::{Detokenizer, TextStream},
};

/// One sample while it is being decoded. Its tokens, prompt included, are kept by its slot.
#[derive(Debug)]
pub(super) struct Sequence {
    job: Arc<Job>,
    sample: usize,
    /// Most tokens of the completion: what is asked for, or what the context leaves.
    limit: usize,
    draws: Draws,
    stream: TextStream,
    log_probabilities: Vec<f32>,
    pub(super) pace: Pace,
}

impl Sequence {
    pub(super) fn new(job: Arc<Job>, sample: usize, context: usize) -> Self {
        let limit = job.params.max_new_tokens.min(context - job.prompt.len());
        let draws = Draws::new(&job.key, sample, job.params.seed);
        let pace = Pace::new(&job.params);
        Self { job, sample, limit, draws, stream: TextStream::default(), log_probabilities: Vec::new(), pace }
    }

    /// Tokens of the prompt.
    pub(super) fn prompt(&self) -> usize {
        self.job.prompt.len()
    }

    /// Tokens that may still come.
    pub(super) fn remaining(&self) -> usize {
        self.limit - self.log_probabilities.len()
    }

    /// Chooses the next token from `logits`, adds it to `tokens`, and says why the sample ends with it, if it does.
    pub(super) fn step(
        &mut self,
        tokens: &mut Vec<u32>,
        logits: &[f32],
        sampler: &mut Sampler,
        eos: &[u32],
        detokenizer: &(impl Detokenizer + ?Sized),
    ) -> Result<Option<FinishReason>, DecodeError> {
        let position = self.log_probabilities.len();
        let params = &self.job.params;
        let draws = &mut self.draws;
        let choice = sampler.choose(logits, params, || draws.at(position)).map_err(|problem| {
            let key = self.job.key.clone();
            DecodeError::NotANumber { key, sample: self.sample, position, problem }
        })?;
        tokens.push(choice.token);
        self.log_probabilities.push(choice.log_probability);
        if eos.contains(&choice.token) {
            return Ok(Some(FinishReason::Eos));
        }
        if params.stop.iter().any(|stop| detokenizer.special(stop) == Some(choice.token)) {
            return Ok(Some(FinishReason::Stop));
        }
        // Only stop strings need the text before the end.
        if !params.stop.is_empty() {
            let searched = self.stream.text().len();
            self.stream.advance(detokenizer, &tokens[self.job.prompt.len()..])?;
            if stop::find(self.stream.text(), searched, &params.stop).is_some() {
                return Ok(Some(FinishReason::Stop));
            }
        }
        Ok(match self.remaining() {
            0 if self.limit == params.max_new_tokens => Some(FinishReason::Length),
            0 => Some(FinishReason::Context),
            _ => None,
        })
    }

    /// The finished sample.
    pub(super) fn finish(
        self,
        tokens: &[u32],
        mut reason: FinishReason,
        detokenizer: &(impl Detokenizer + ?Sized),
    ) -> Result<Completion, DecodeError> {
        let tokens = tokens[self.job.prompt.len()..].to_vec();
        let spoken = if reason == FinishReason::Eos { &tokens[..tokens.len() - 1] } else { &tokens[..] };
        let mut text = detokenizer.decode(spoken)?;
        let stops = &self.job.params.stop;
        if let Some(place) = stop::find(&text, 0, stops) {
            reason = FinishReason::Stop;
            text.truncate(place);
        } else if let Some(place) = stop::find(self.stream.text(), 0, stops) {
            // Bytes that are no UTF-8 may read otherwise once more of them are known; what was found stands.
            self.stream.text()[..place].clone_into(&mut text);
        }
        Ok(Completion {
            key: self.job.key.clone(),
            sample: self.sample,
            tokens,
            text,
            reason,
            log_probability: self.log_probabilities.iter().copied().map(f64::from).sum(),
            log_probabilities: self.log_probabilities,
        })
    }
}
