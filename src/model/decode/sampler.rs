//! The way from logits to a token.

use std::fmt;

use super::{
    exponential::{self, BLOCK, exp},
    filter::{self, Candidate},
    params::SamplingParams,
};

/// A chosen token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The token's id.
    pub token: u32,
    /// The natural logarithm of its probability under the model's own distribution: before temperature and filters.
    pub log_probability: f32,
}

/// Logits that are no distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotANumber {
    /// One of them is NaN.
    NaN,
    /// One of them is plus infinity.
    Infinite,
    /// All of them are minus infinity, or there are none.
    Empty,
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NaN => "the model's logits hold NaN",
            Self::Infinite => "the model's logits hold infinity",
            Self::Empty => "no token has a probability above 0",
        })
    }
}

/// Chooses tokens. Holds only scratch memory: a choice depends on what it is given and nothing else.
///
/// A draw u picks by the inverse of the cumulative distribution in order of token ids. Time is linear in the vocabulary.
#[derive(Debug, Default)]
pub struct Sampler {
    weights: Vec<f32>,
    blocks: Vec<f64>,
    candidates: Vec<Candidate>,
    scratch: Vec<Candidate>,
    values: Vec<f32>,
}

impl Sampler {
    /// Chooses from one row of logits. `draw`, uniform in [0, 1), is asked for only where the choice is random.
    ///
    /// # Errors
    ///
    /// The logits are no distribution.
    pub fn choose(
        &mut self,
        logits: &[f32],
        params: &SamplingParams,
        draw: impl FnOnce() -> f64,
    ) -> Result<Choice, NotANumber> {
        let greatest = exponential::greatest(logits).ok_or(NotANumber::NaN)?;
        if !greatest.is_finite() {
            return Err(if greatest > 0.0 { NotANumber::Infinite } else { NotANumber::Empty });
        }
        let index = if params.temperature > 0.0 {
            self.sample(logits, greatest, params, draw())
        } else {
            logits.iter().position(|logit| *logit >= greatest)
        };
        let index = index.ok_or(NotANumber::Empty)?;
        let sum = exponential::sum(logits, greatest);
        #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant; ids are 32 bits")]
        Ok(Choice {
            token: index as u32,
            log_probability: (f64::from(logits[index]) - f64::from(greatest) - sum.ln()) as f32,
        })
    }

    fn sample(&mut self, logits: &[f32], greatest: f32, params: &SamplingParams, draw: f64) -> Option<usize> {
        let &SamplingParams { temperature, top_p, top_k, min_p, .. } = params;
        let by_k = (1..logits.len()).contains(&top_k);
        if !by_k && top_p >= 1.0 && min_p <= 0.0 {
            exponential::weights(logits, greatest, temperature, &mut self.weights, &mut self.blocks);
            return self.pick_from_all(draw);
        }
        let total = if by_k {
            let least = filter::kth_greatest(logits, top_k, &mut self.values);
            self.candidates.clear();
            self.candidates.extend(
                (0..)
                    .zip(logits)
                    .filter(|(_, logit)| **logit >= least)
                    .map(|(token, logit)| Candidate { token, weight: exp((logit - greatest) / temperature) }),
            );
            self.candidates.iter().map(|candidate| f64::from(candidate.weight)).sum()
        } else {
            exponential::weights(logits, greatest, temperature, &mut self.weights, &mut self.blocks);
            let total: f64 = self.blocks.iter().sum();
            let least = tail(total, top_p, logits.len()).max(min_p);
            self.candidates.clear();
            self.candidates.extend(
                (0..)
                    .zip(&self.weights)
                    .filter(|(_, weight)| **weight >= least)
                    .map(|(token, weight)| Candidate { token, weight: *weight }),
            );
            total
        };
        if top_p < 1.0
            && let Some(last) = filter::nucleus(&self.candidates, f64::from(top_p) * total, &mut self.scratch)
        {
            filter::keep_up_to(&mut self.candidates, last);
        }
        // The likeliest token's weight is 1.
        self.candidates.retain(|candidate| candidate.weight >= min_p);
        self.pick_from_candidates(draw)
    }

    fn pick_from_candidates(&self, draw: f64) -> Option<usize> {
        let total: f64 = self.candidates.iter().map(|candidate| f64::from(candidate.weight)).sum();
        let weights = self.candidates.iter().map(|candidate| candidate.weight);
        walk(weights, 0.0, draw * total).map(|place| self.candidates[place].token as usize)
    }

    fn pick_from_all(&self, draw: f64) -> Option<usize> {
        let threshold = draw * self.blocks.iter().sum::<f64>();
        let mut before = 0.0;
        let mut chosen = None;
        for (block, sum) in self.blocks.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            chosen = Some((block, before));
            before += sum;
            if before > threshold {
                break;
            }
        }
        let (block, before) = chosen?;
        let start = block * BLOCK;
        let end = self.weights.len().min(start + BLOCK);
        walk(self.weights[start..end].iter().copied(), before, threshold).map(|place| start + place)
    }
}

/// The first place where the running sum, from `before`, exceeds `threshold`; where rounding keeps it below, the last that counts.
fn walk(weights: impl Iterator<Item = f32>, before: f64, threshold: f64) -> Option<usize> {
    let mut sum = before;
    let mut last = None;
    for (place, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
        sum += f64::from(weight);
        last = Some(place);
        if sum > threshold {
            break;
        }
    }
    last
}

/// A weight below which top-p keeps nothing: even if all tokens were that light, together they would be less than the tail that
/// top-p cuts off. Looking at heavier ones only is what makes top-p cheap; a little less makes up for rounding.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bound with room on its safe side; vocabularies are far below 2^53"
)]
fn tail(total: f64, top_p: f32, vocabulary: usize) -> f32 {
    (0.999 * (1.0 - f64::from(top_p)) * total / vocabulary as f64) as f32
}

#[cfg(test)]
mod tests;
