//! The number of tokens that traces take, and of traces that fit a budget: the paper's comparison of its format with scratchpads.

use serde_json::{Value, json};

use super::{Inline, Recording, fit::Fitted, inline, scratchpad};

/// The tokens of one recording in each form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// Tokens as inline comments.
    pub inline: usize,
    /// Tokens as a scratchpad.
    pub scratchpad: usize,
    /// Tokens as inline comments, shortened to fit.
    pub shortened: usize,
}

impl Tokens {
    /// Counts the tokens of a recording, of which `fitted` is the shortened form.
    #[must_use]
    pub fn count(recording: &Recording, style: &Inline, fitted: &Fitted, count: &dyn Fn(&str) -> usize) -> Self {
        Self {
            inline: count(&inline::render(recording, style)),
            scratchpad: count(&scratchpad::render(recording)),
            shortened: fitted.tokens,
        }
    }

    /// The counts as one JSON object.
    #[must_use]
    pub fn to_json(self) -> Value {
        json!({"next": self.inline, "scratchpad": self.scratchpad, "trace": self.shortened})
    }
}

/// The number of recordings that fit a budget, out of some.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fits {
    /// The number of recordings.
    pub traces: usize,
    /// The number of recordings that fit as inline comments.
    pub inline: usize,
    /// The number of recordings that fit as scratchpads.
    pub scratchpad: usize,
    /// The number of recordings that fit as inline comments, shortened.
    pub shortened: usize,
}

impl Fits {
    /// Counts one recording in.
    pub fn add(&mut self, tokens: Tokens, budget: usize) {
        self.traces += 1;
        self.inline += usize::from(tokens.inline <= budget);
        self.scratchpad += usize::from(tokens.scratchpad <= budget);
        self.shortened += usize::from(tokens.shortened <= budget);
    }

    /// The shares, in words; nothing where there are no recordings.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    pub fn describe(&self, budget: usize) -> Option<String> {
        let share = |count: usize| 100.0 * count as f64 / self.traces as f64;
        (self.traces > 0).then(|| {
            format!(
                "within {budget} tokens, of {} traces: inline {:.1} %, scratchpad {:.1} %, inline shortened {:.1} %",
                self.traces,
                share(self.inline),
                share(self.scratchpad),
                share(self.shortened)
            )
        })
    }
}
