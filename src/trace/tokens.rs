//! How many tokens traces take, and how many of them fit a budget: the paper's comparison of its format with scratchpads.

use serde_json::{Value, json};

use super::{Inline, Recording, fit::Fitted, inline, scratchpad};

/// The tokens of one recording in each form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// As inline comments.
    pub inline: usize,
    /// As a scratchpad.
    pub scratchpad: usize,
    /// As inline comments, shortened to fit.
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

    /// As one JSON object.
    #[must_use]
    pub fn to_json(self) -> Value {
        json!({"next": self.inline, "scratchpad": self.scratchpad, "trace": self.shortened})
    }
}

/// How many of some recordings fit a budget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fits {
    /// Recordings.
    pub traces: usize,
    /// Of these, as inline comments.
    pub inline: usize,
    /// As scratchpads.
    pub scratchpad: usize,
    /// As inline comments, shortened.
    pub shortened: usize,
}

impl Fits {
    /// Counts one in.
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
