//! One sample while it is being decoded.

use std::sync::Arc;

use super::{
    draft::Pace,
    error::DecodeError,
    job::{Completion, FinishReason, Job},
    random::Draws,
    sampler::Sampler,
    text::{Detokenizer, TextStream},
};

/// One sample while it is being decoded. Its tokens, prompt included, are kept by its slot.
#[derive(Debug)]
pub(super) struct Sequence {
    job: Arc<Job>,
    sample: usize,
    /// The most tokens of the completion: what is asked for, or what the context leaves.
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

    /// The number of tokens of the prompt.
    pub(super) fn prompt(&self) -> usize {
        self.job.prompt.len()
    }

    /// The number of tokens that may still come.
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
            if find_stop(self.stream.text(), searched, &params.stop).is_some() {
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
        if let Some(place) = find_stop(&text, 0, stops) {
            reason = FinishReason::Stop;
            text.truncate(place);
        } else if let Some(place) = find_stop(self.stream.text(), 0, stops) {
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

/// The beginning of the earliest stop string in `text`, looked for from byte `searched` on: what lies before was looked through before and
/// holds no whole stop string, but may hold the beginning of one.
fn find_stop(text: &str, searched: usize, stops: &[String]) -> Option<usize> {
    let longest = stops.iter().map(String::len).max()?;
    let from = text.floor_char_boundary(searched.saturating_sub(longest - 1));
    stops.iter().filter_map(|stop| text[from..].find(stop)).min().map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use super::find_stop;

    #[test]
    fn finds_the_earliest_even_across_the_seam() {
        let stops = ["\n\n".to_owned(), "end€".to_owned()];
        assert_eq!(find_stop("abc\nend€\n\n", 0, &stops), Some(4));
        assert_eq!(find_stop("abc end€", 9, &stops), Some(4), "all but its last byte was searched before");
        assert_eq!(find_stop("a€b", 3, &stops), None, "inside a character");
        assert_eq!(find_stop("abc", 0, &[]), None);
    }
}
