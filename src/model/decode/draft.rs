//! Prompt-lookup drafts (Saxena 2023; `prompt_lookup_num_tokens` in transformers): what followed the last few tokens where they
//! stood before is likely to follow again. Code repair copies most of its prompt, which is where this shines.

use super::{error::DecodeError, params::SamplingParams};

/// The bounds of speculation. They change the number of calls, never a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speculation {
    /// The most tokens drafted for one row in one call; 0 switches speculation off.
    pub most: usize,
    /// The most tokens drafted in one call, over all rows: a call's arithmetic and its logits grow by them.
    pub per_call: usize,
    /// The fewest last tokens that must have stood before.
    pub shortest: usize,
    /// Matches are told apart by up to so many last tokens; the longest wins, of equally long ones the latest.
    pub longest: usize,
}

impl Default for Speculation {
    fn default() -> Self {
        Self { most: 16, per_call: 128, shortest: 2, longest: 16 }
    }
}

impl Speculation {
    /// Every token by a call of its own.
    pub const OFF: Self = Self { most: 0, per_call: 0, shortest: 1, longest: 1 };

    pub(super) fn check(&self) -> Result<(), DecodeError> {
        if self.most > 0 && (self.shortest == 0 || self.longest < self.shortest) {
            let problem =
                format!("`shortest` {} and `longest` {}: need 1 <= shortest <= longest", self.shortest, self.longest);
            return Err(DecodeError::Option { name: "speculation", problem });
        }
        Ok(())
    }

    /// Up to `most` tokens that may follow `tokens`, into `draft`; none where the last tokens never stood before.
    ///
    /// A match that reaches the end goes on with the draft itself, so that a repeating text is drafted whole.
    pub(super) fn look_up(&self, tokens: &[u32], most: usize, draft: &mut Vec<u32>) {
        draft.clear();
        let Some(from) = self.longest_match(tokens) else { return };
        for place in from..from + most {
            let token = tokens.get(place).or_else(|| draft.get(place - tokens.len())).copied();
            draft.extend(token);
        }
    }

    /// Returns the end of the earlier match: the place of the token that followed it.
    fn longest_match(&self, tokens: &[u32]) -> Option<usize> {
        let last = *tokens.last()?;
        let mut best = None;
        let mut best_length = self.shortest - 1;
        for end in (1..tokens.len()).rev().filter(|end| tokens[end - 1] == last) {
            let here = tokens[..end].iter().rev();
            let length = here.zip(tokens.iter().rev()).take(self.longest).take_while(|(a, b)| a == b).count();
            if length > best_length {
                (best, best_length) = (Some(end), length);
                if length == self.longest {
                    break;
                }
            }
        }
        best
    }
}

/// The length of one row's drafts: more while drafts are accepted, less while they fail, and now and then nothing at all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    length: usize,
    failures: u32,
    rest: usize,
}

impl Pace {
    /// A first draft costs little where it fails.
    const FIRST: usize = 4;
    /// The number of failures after which the pause between attempts grows no further.
    const MOST_FAILURES: u32 = 5;

    pub(super) fn new(params: &SamplingParams) -> Self {
        // Hot distributions seldom follow a draft to its end.
        let first = if params.temperature > 1.0 { 1 } else { Self::FIRST };
        Self { length: first, failures: 0, rest: 0 }
    }

    /// Returns the number of tokens to draft now.
    pub(super) fn next(&mut self) -> usize {
        if self.rest > 0 {
            self.rest -= 1;
            return 0;
        }
        self.length
    }

    /// Takes in that `accepted` of `drafted` tokens were right.
    pub(super) fn learn(&mut self, drafted: usize, accepted: usize, most: usize) {
        if drafted == 0 {
            return;
        }
        if accepted == 0 {
            if self.length > 1 {
                self.length = (self.length / 2).min(drafted);
            } else {
                self.failures = (self.failures + 1).min(Self::MOST_FAILURES);
                self.rest = 1 << self.failures;
            }
            return;
        }
        self.failures = 0;
        self.length = if accepted == drafted { self.length.max(2 * drafted) } else { accepted + 1 };
        self.length = self.length.clamp(1, most.max(1));
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, SamplingParams, Speculation};

    fn draft(tokens: &[u32], most: usize) -> Vec<u32> {
        let mut draft = Vec::new();
        Speculation::default().look_up(tokens, most, &mut draft);
        draft
    }

    #[test]
    fn the_longest_match_wins_and_of_equals_the_latest() {
        assert_eq!(draft(&[9, 1, 2, 3, 8, 2, 3, 7, 1, 2, 3], 3), [8, 2, 3], "three tokens beat the later two");
        assert_eq!(draft(&[1, 2, 5, 1, 2, 6, 1, 2], 1), [6], "the later of two");
        assert_eq!(draft(&[1, 2, 3, 4, 9, 3], 4), [0_u32; 0], "one token is too short");
        assert_eq!(draft(&[], 4), [0_u32; 0]);
    }

    #[test]
    fn a_repeating_text_is_drafted_beyond_its_end() {
        assert_eq!(draft(&[1, 2, 3, 1, 2, 3], 7), [1, 2, 3, 1, 2, 3, 1]);
        assert_eq!(draft(&[7, 7, 7], 4), [7, 7, 7, 7]);
    }

    #[test]
    fn the_pace_falls_with_failures_and_recovers() {
        let mut pace = Pace::new(&SamplingParams::greedy(1));
        let mut drafted = 0;
        for _ in 0..200 {
            let length = pace.next();
            drafted += length;
            pace.learn(length, 0, 16);
        }
        assert!(drafted < 25, "{drafted}");
        for _ in 0..40 {
            let length = pace.next();
            pace.learn(length, length, 16);
        }
        assert_eq!(pace.next(), 16);
    }
}
