//! Shortens a trace until it fits a budget of tokens.
//!
//! The steps, in this order, one after the other until the text fits; those taken are recorded:
//!
//! 1. fewer middle states of a line: the first and the last, then the last alone;
//! 2. shorter values: at most 120, 60, 30, 15 characters, the beginning and the end of each;
//! 3. a slice: comments only on lines that reach the failing value;
//! 4. no comments at all.
//!
//! The source is never shortened: where it alone is beyond the budget, nothing fits.

use serde::Serialize;

use super::{Inline, Recording, inline};

/// A step that shortened a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The number of states kept at the beginning and at the end of a line's.
    States {
        /// The number of states at the beginning.
        head: usize,
        /// The number of states at the end.
        tail: usize,
    },
    /// The number of characters kept of a value.
    Characters(usize),
    /// Comments only on lines that reach the failing value.
    Slice,
    /// No comments.
    Bare,
}

/// A trace within its budget, or as near to it as can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// The annotated program.
    pub text: String,
    /// The text's tokens.
    pub tokens: usize,
    /// The steps of shortening, in order.
    pub steps: Vec<Step>,
    /// Whether it is within the budget.
    pub fits: bool,
}

/// The annotated program by `options`, shortened to at most `budget` tokens, which `count` counts.
pub fn fit(recording: &Recording, options: &Inline, budget: usize, count: &dyn Fn(&str) -> usize) -> Fitted {
    let mut options = *options;
    let mut steps = Vec::new();
    let mut text = inline::render(recording, &options);
    let mut tokens = count(&text);
    for step in ladder(&options) {
        if tokens <= budget {
            break;
        }
        match step {
            Step::States { head, tail } => (options.head, options.tail) = (head, tail),
            Step::Characters(characters) => options.characters = characters,
            Step::Slice => options.slice = true,
            Step::Bare => {}
        }
        text = if step == Step::Bare { recording.source.text.clone() } else { inline::render(recording, &options) };
        tokens = count(&text);
        // Of steps of one kind the last says all.
        if steps.last().is_some_and(|last| std::mem::discriminant(last) == std::mem::discriminant(&step)) {
            steps.pop();
        }
        steps.push(step);
    }
    Fitted { fits: tokens <= budget, text, tokens, steps }
}

/// The steps that shorten what `options` gives.
fn ladder(options: &Inline) -> Vec<Step> {
    let states = [(1, 1), (0, 1)].into_iter().filter(|(head, tail)| head + tail < options.head + options.tail);
    let values = [120, 60, 30, 15].into_iter().filter(|characters| *characters < options.characters);
    let mut steps: Vec<Step> = states.map(|(head, tail)| Step::States { head, tail }).collect();
    steps.extend(values.map(Step::Characters));
    if !options.slice {
        steps.push(Step::Slice);
    }
    steps.push(Step::Bare);
    steps
}
