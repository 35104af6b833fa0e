//! NExT's inline comments (Ni et al. 2024, section 2 and Figures 1 and 2).
//!
//! A *state* is what one step changed: `(k) name=value; name=value`, where `k` counts states in the order of execution from 0. States
//! stand as a comment on the line that made them; the source is otherwise untouched, byte for byte.
//!
//! - The arguments of a call stand on the `def` line.
//! - A line has a state where it changed a variable, in place too; the head of a `for` each time it goes round, to an equal value too. Heads of `if`, `while` and the like change nothing and have none;
//!   the last visit of a `for` head, which binds nothing, has none either. Any other executed line without a state says
//!   `NO_CHANGE`, so that a line without a comment was not reached.
//! - `__return__=value` on the line that returned, with a number of its own; not where a function fell off its end.
//!   `__yield__=value` likewise (ours: the paper shows no generator).
//! - `__exception__ = value` on the line that raised; lines it only came through say `NO_CHANGE`.
//! - `del name` where a variable is gone (ours).
//! - More states on a line than [`Inline::head`] + [`Inline::tail`]: the first and the last, with `...;` between. The paper keeps two
//!   and one (its Figure 2 has three and one on its `for` line).
//!
//! Frames of lambdas and generator expressions have no line of their own and are left out; so are variables that only name a
//! function, class or module, except as arguments. Figure 1 ends `__return__` with `;`, Figure 2 does not: here it has none.
//!
//! A comment goes behind the last row of a logical line, where one is always allowed.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use serde::Serialize;

use super::{Change, Event, Recording, slice, source::without_ending};

/// The form of the comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Inline {
    /// The number of states kept at the beginning of a line's.
    pub head: usize,
    /// The number of states kept at their end.
    pub tail: usize,
    /// Whether executed lines without a state say so.
    pub no_change: bool,
    /// The number of characters shown of one value: of a longer one the beginning and the end, with `...` between.
    pub characters: usize,
    /// Whether only lines that reach the failing value have comments: [`mod@super::slice`].
    pub slice: bool,
}

impl Default for Inline {
    fn default() -> Self {
        Self { head: 2, tail: 1, no_change: true, characters: usize::MAX, slice: false }
    }
}

/// One row of the annotated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The row of the source, with its line ending.
    pub source: &'a str,
    /// The comment behind the row, with the blanks before the `#`; empty for most rows.
    pub comment: String,
}

/// The annotated text.
#[must_use]
pub fn render(recording: &Recording, options: &Inline) -> String {
    let mut out = String::new();
    for row in rows(recording, options) {
        let body = without_ending(row.source);
        out.push_str(body);
        out.push_str(&row.comment);
        out.push_str(&row.source[body.len()..]);
    }
    out
}

/// The rows of the annotated text.
#[must_use]
pub fn rows<'a>(recording: &'a Recording, options: &Inline) -> Vec<Row<'a>> {
    let states = states(recording, options.characters);
    let kept = options.slice.then(|| slice::rows(recording));
    let keep = |row: u32| kept.as_ref().is_none_or(|rows| rows.contains(&row));
    let mut comments: BTreeMap<u32, String> = BTreeMap::new();
    for (row, states) in states.by_row.iter().filter(|(row, _)| keep(**row)) {
        comments.insert(recording.source.logical(*row).1, comment(states, options));
    }
    if options.no_change {
        for row in states.executed {
            let (first, last) = recording.source.logical(row);
            if keep(first) && recording.source.is_simple(first) {
                comments.entry(last).or_insert_with(|| "  # NO_CHANGE".to_owned());
            }
        }
    }
    let rows = recording.source.rows().into_iter().enumerate();
    rows.map(|(index, source)| {
        let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        Row { source, comment: comments.remove(&row).unwrap_or_default() }
    })
    .collect()
}

/// A state: its number and its text, and whether that ends with a `;`.
struct State {
    number: usize,
    text: String,
    open: bool,
}

#[derive(Default)]
struct States {
    /// The states of each logical line, by its first row.
    by_row: BTreeMap<u32, Vec<State>>,
    executed: HashSet<u32>,
    count: usize,
    characters: usize,
}

impl States {
    fn push(&mut self, row: u32, changes: &[Change]) {
        self.executed.insert(row);
        let shown = changes.iter().map(|change| match &change.value {
            Some(value) => format!("{}={}", change.name, shortened(value, self.characters)),
            None => format!("del {}", change.name),
        });
        let text = shown.collect::<Vec<_>>().join("; ");
        if !text.is_empty() {
            self.add(row, text, true);
        }
    }

    /// Adds a value that a step gave rather than changed, as a state of its own.
    fn push_last(&mut self, row: u32, text: String) {
        self.add(row, text, false);
    }

    fn add(&mut self, row: u32, text: String, open: bool) {
        let state = State { number: self.count, text, open };
        self.count += 1;
        self.by_row.entry(row).or_default().push(state);
    }
}

fn states(recording: &Recording, characters: usize) -> States {
    let source = &recording.source;
    let mut states = States { characters, ..States::default() };
    // Frames without a line of their own.
    let mut implicit: HashSet<u32> = HashSet::new();
    for event in &recording.events {
        match event {
            Event::Call { row, frame, function, changes, .. } => {
                if function.starts_with("<class ") {
                    // Its lines count, its call does not.
                } else if function.starts_with('<') {
                    implicit.insert(*frame);
                } else {
                    states.push(source.logical(source.definition(*row)).0, changes);
                }
            }
            Event::Line { frame, .. }
            | Event::Return { frame, .. }
            | Event::Yield { frame, .. }
            | Event::Unwind { frame, .. }
                if implicit.contains(frame) => {}
            Event::Line { row, changes, .. } => states.push(source.logical(*row).0, changes),
            Event::Return { row, value, changes, .. } => {
                let row = source.logical(*row).0;
                states.push(row, changes);
                // Falling off the end returns nothing worth a word.
                if value != "None" || source.mentions(row, "return") {
                    states.push_last(row, format!("__return__={}", shortened(value, characters)));
                }
            }
            Event::Yield { row, value, changes, .. } => {
                let row = source.logical(*row).0;
                states.push(row, changes);
                states.push_last(row, format!("__yield__={}", shortened(value, characters)));
            }
            Event::Raise { row, frame, error, changes, origin } => {
                let row = source.logical(*row).0;
                if *origin {
                    if !implicit.contains(frame) {
                        states.push(row, changes);
                    }
                    states.push_last(row, format!("__exception__ = {}", shortened(error, characters)));
                } else if !implicit.contains(frame) {
                    let set: Vec<Change> = changes.iter().filter(|change| change.value.is_some()).cloned().collect();
                    states.push(row, &set);
                }
            }
            Event::Resume { .. } | Event::Unwind { .. } => {}
        }
    }
    states
}

/// The text of a value in at most so many characters, its end too: what fails is as often there.
fn shortened(value: &str, characters: usize) -> Cow<'_, str> {
    let count = if value.len() <= characters { 0 } else { value.chars().count() };
    if count <= characters {
        return Cow::Borrowed(value);
    }
    let tail = characters.saturating_sub(3) / 3;
    let head = characters.saturating_sub(3 + tail);
    let (head, tail) = (value.chars().take(head), value.chars().skip(count - tail));
    Cow::Owned(head.chain("...".chars()).chain(tail).collect())
}

fn comment(states: &[State], options: &Inline) -> String {
    let Inline { head, tail, .. } = *options;
    let text = |states: &[State]| -> String {
        states.iter().map(|state| format!(" ({}) {};", state.number, state.text)).collect()
    };
    let (out, last) = if states.len() > head + tail {
        let tail = &states[states.len() - tail..];
        (format!("{} ...;{}", text(&states[..head]), text(tail)), tail.last())
    } else {
        (text(states), states.last())
    };
    let out = if last.is_some_and(|state| !state.open) { &out[..out.len() - 1] } else { &out };
    format!("  #{out}")
}
