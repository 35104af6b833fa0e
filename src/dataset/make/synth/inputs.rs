//! Random arguments.

use crate::{random::Random, value::Value};

/// The kind of value that a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A whole number, negative ones included.
    Int,
    /// A number with some digits.
    Natural,
    /// A number that may bound a loop.
    Small,
    /// A short list of whole numbers.
    Ints,
    /// A short string.
    Text,
    /// A short list of words.
    Words,
}

const WORDS: [&str; 16] = [
    "apple", "red", "on", "tree", "under", "ink", "river", "sun", "echo", "a", "stone", "ivy", "orange", "map", "new",
    "leaf",
];
const TEXTS: [&str; 14] = [
    "hello",
    "a b c",
    "banana",
    "x1y2",
    "time flies",
    "",
    "zoo",
    "tea",
    "abc123",
    "open",
    "rust",
    "queue",
    "7 up",
    "echo",
];

impl Kind {
    /// A value of this kind.
    pub(super) fn draw(self, random: &mut Random) -> Value {
        match self {
            Self::Int => Value::Int(random.between(-9, 20)),
            Self::Natural => Value::Int(match random.below(3) {
                0 => random.between(0, 99),
                1 => random.between(100, 999),
                _ => random.between(1000, 9999),
            }),
            Self::Small => Value::Int(random.between(0, 14)),
            Self::Ints => {
                let len = random.below(7);
                Value::List((0..len).map(|_| Value::Int(random.between(-6, 15))).collect())
            }
            Self::Text => Value::str(random.pick::<&str>(&TEXTS)),
            Self::Words => {
                let len = random.below(5);
                Value::List((0..len).map(|_| Value::str(random.pick::<&str>(&WORDS))).collect())
            }
        }
    }
}
