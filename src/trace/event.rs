//! Events of a trace, one step at a time.

use serde::Serialize;

use super::source::Statement;
use crate::value::{Value, codec};

/// A variable's new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// The variable.
    pub name: String,
    /// The value's bounded representation; nothing where it is gone.
    pub value: Option<String>,
    /// Whether it is the module's, seen from a function.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub global: bool,
}

/// One step. Rows count from 1; frames are numbered in the order of their calls. `changes` are against what was last said of the
/// same scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A function was called.
    Call {
        /// The row of the definition, its first decorator included.
        row: u32,
        /// The new frame.
        frame: u32,
        /// The frame that called.
        parent: Option<u32>,
        /// The function's name; `<lambda>`, `<genexpr>`.
        function: String,
        /// The arguments.
        changes: Vec<Change>,
        /// The caller's row under way, whose own event comes when it ends; nothing where that was already said.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<u32>,
    },
    /// A generator went on.
    Resume {
        /// The generator's frame.
        frame: u32,
        /// The frame that asked for its next value.
        parent: Option<u32>,
        /// The row under way of the frame that asked.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<u32>,
    },
    /// A line was executed.
    Line {
        /// The line's row.
        row: u32,
        /// The line's frame.
        frame: u32,
        /// The variables that the line changed.
        changes: Vec<Change>,
    },
    /// A function returned.
    Return {
        /// The row that returned.
        row: u32,
        /// The frame that returned.
        frame: u32,
        /// The value that it returned.
        value: String,
        /// The variables that the row changed besides.
        changes: Vec<Change>,
    },
    /// A generator yielded.
    Yield {
        /// The row that yielded.
        row: u32,
        /// The frame that yielded.
        frame: u32,
        /// The value that it yielded.
        value: String,
        /// The variables that the row changed besides.
        changes: Vec<Change>,
    },
    /// An exception arose or came through.
    Raise {
        /// The row that was executing.
        row: u32,
        /// The frame of the exception.
        frame: u32,
        /// The exception.
        error: String,
        /// The variables that the row changed before.
        changes: Vec<Change>,
        /// Whether it arose here.
        origin: bool,
    },
    /// A frame was left by an exception.
    Unwind {
        /// The row that was executing.
        row: u32,
        /// The frame that was left.
        frame: u32,
    },
}

/// A report of the guest: an event, or what frames them.
pub(super) enum Report {
    /// Logical lines and decorated definitions, as pairs of rows; statements.
    Text(Vec<(u32, u32)>, Vec<(u32, u32)>, Vec<Statement>),
    Event(Event),
    /// The exception that nobody caught, `(phase, type, base, message, line)`, or `None`; and the module's variables at the end.
    End(Value, Vec<Change>),
}

impl Report {
    /// Reads a guest's report; nothing where it is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let Value::Tuple(items) = codec::decode(bytes).ok()? else { return None };
        let (kind, rest) = items.split_first()?;
        Some(match (kind.as_str()?, rest) {
            ("text", [lines, definitions, statements]) => {
                Self::Text(pairs(lines)?, pairs(definitions)?, statements_of(statements)?)
            }
            ("end", [error, variables]) => Self::End(error.clone(), list(variables)?),
            ("resume", [frame, parent, at]) => {
                Self::Event(Event::Resume { frame: number(frame)?, parent: number(parent), at: row_of(at) })
            }
            ("call", [row, frame, parent, function, changes, at]) => Self::Event(Event::Call {
                at: row_of(at),
                row: number(row)?,
                frame: number(frame)?,
                parent: number(parent),
                function: text(function)?,
                changes: list(changes)?,
            }),
            ("line", [row, frame, changes]) => {
                Self::Event(Event::Line { row: number(row)?, frame: number(frame)?, changes: list(changes)? })
            }
            ("return", [row, frame, value, changes]) => Self::Event(Event::Return {
                row: number(row)?,
                frame: number(frame)?,
                value: text(value)?,
                changes: list(changes)?,
            }),
            ("yield", [row, frame, value, changes]) => Self::Event(Event::Yield {
                row: number(row)?,
                frame: number(frame)?,
                value: text(value)?,
                changes: list(changes)?,
            }),
            ("raise", [row, frame, error, changes, Value::Bool(origin)]) => Self::Event(Event::Raise {
                row: number(row)?,
                frame: number(frame)?,
                error: text(error)?,
                changes: list(changes)?,
                origin: *origin,
            }),
            ("unwind", [row, frame]) => Self::Event(Event::Unwind { row: number(row)?, frame: number(frame)? }),
            _ => return None,
        })
    }
}

fn row_of(value: &Value) -> Option<u32> {
    number(value).filter(|row| *row > 0)
}

fn statements_of(value: &Value) -> Option<Vec<Statement>> {
    let names = |value: &Value| -> Option<Vec<String>> { value.as_sequence()?.iter().map(text).collect() };
    let statement = |item: &Value| match item.as_sequence()? {
        [row, inside, reads, binds] => {
            Some(Statement { row: number(row)?, inside: row_of(inside), reads: names(reads)?, binds: names(binds)? })
        }
        _ => None,
    };
    value.as_sequence()?.iter().map(statement).collect()
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Int(number) => u32::try_from(*number).ok(),
        _ => None,
    }
}

/// One line of text, whatever a program that got at its tracer sent.
fn text(value: &Value) -> Option<String> {
    let Value::Str(text) = value else { return None };
    Some(text.to_string_lossy().replace(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}', " "))
}

fn list(value: &Value) -> Option<Vec<Change>> {
    let change = |item: &Value| match item.as_sequence()? {
        [name, Value::None] => Some(Change { name: text(name)?, value: None, global: false }),
        [name, value] => Some(Change { name: text(name)?, value: Some(text(value)?), global: false }),
        [name, value, Value::Bool(true)] => Some(Change { name: text(name)?, value: Some(text(value)?), global: true }),
        _ => None,
    };
    value.as_sequence()?.iter().map(change).collect()
}

fn pairs(value: &Value) -> Option<Vec<(u32, u32)>> {
    let pair = |item: &Value| match item.as_sequence()? {
        [first, second] => Some((number(first)?, number(second)?)),
        _ => None,
    };
    value.as_sequence()?.iter().map(pair).collect()
}

#[cfg(test)]
mod schemas {
    use schemars::JsonSchema;

    use super::{super::End, Event};

    /// A line of `trace --format events`.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its shape is of use")]
    enum Line {
        /// A step of the program.
        Step(Event),
        /// The last line.
        End {
            /// `end`.
            event: Last,
            /// The way in which the program ended.
            end: End,
        },
    }

    /// The name of the last line.
    #[derive(JsonSchema)]
    #[schemars(rename_all = "snake_case")]
    #[expect(dead_code, reason = "only its shape is of use")]
    enum Last {
        End,
    }

    #[test]
    fn schema_of_events() {
        crate::schema::written::<Line>("trace-events");
    }
}
