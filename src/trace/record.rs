//! Runs a program and collects its events.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::{Change, Event, Source, event::Report};
use crate::{
    judge::ErrorInfo,
    sandbox::{Annotations, Ending, Fault, GoOn, Limits, Peer, Sandbox, pool},
    value::{Value, codec},
};

/// The bounds of a recorded value: how much of it is kept. The paper's own rule is not known; the bounds keep a trace linear in the number
/// of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// Characters of one value.
    pub characters: u32,
    /// Characters of one string.
    pub string: u32,
    /// Items of one container.
    pub items: u32,
    /// Levels of nesting.
    pub depth: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { characters: 400, string: 120, items: 40, depth: 6 }
    }
}

/// The limits of tracing: what it may use and keep.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Options {
    /// The fuel for the program and its tracing together.
    pub fuel: u64,
    /// The linear memory in bytes.
    pub memory: usize,
    /// The number of events beyond which the trace is cut.
    pub events: usize,
    /// The bounds of each recorded value.
    pub bounds: Bounds,
    /// The time at which the program evaluates its annotations.
    pub annotations: Annotations,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fuel: 100_000_000_000,
            memory: 1 << 30,
            events: 100_000,
            bounds: Bounds::default(),
            annotations: Annotations::Eager,
        }
    }
}

/// The end of a traced program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The program ran to its end: the test passed.
    Finished,
    /// The program raised an exception that nobody caught: the test failed.
    Raised(ErrorInfo),
    /// The text is no program.
    NotAProgram(ErrorInfo),
    /// The run was cut short; the events go that far.
    Cut(String),
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Finished => f.write_str("it ran to its end"),
            Self::Raised(error) => write!(f, "{}: {}", error.kind, error.message),
            Self::NotAProgram(error) => write!(f, "not a program: {}: {}", error.kind, error.message),
            Self::Cut(why) => write!(f, "cut: {why}"),
        }
    }
}

impl End {
    /// Whether the test failed, or never came to an end.
    #[must_use]
    pub fn failed(&self) -> bool {
        *self != Self::Finished
    }
}

/// A program's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The program that ran.
    pub source: Source,
    /// The events of the run, in order.
    pub events: Vec<Event>,
    /// The way in which it ended.
    pub end: End,
    /// The module's variables at the end; empty where it was cut short.
    pub variables: Vec<Change>,
}

/// Runs `text` in a sandbox of its own.
///
/// # Errors
///
/// A [`Fault`] of the harness; whatever the program does is part of the recording.
pub fn record(sandbox: &Sandbox, text: &str, options: &Options) -> Result<Recording, Fault> {
    pool::run_one(|| record_here(&sandbox.apart(), text, options))?
}

fn record_here(sandbox: &Sandbox, text: &str, options: &Options) -> Result<Recording, Fault> {
    let limits = Limits { fuel: options.fuel, memory: options.memory, output: 4 << 10 };
    let collected = Arc::new(Mutex::new(Collected {
        source: Source::new(text.to_owned()),
        events: Vec::new(),
        end: None,
        variables: Vec::new(),
        budget: options.events,
    }));
    let mut instance = sandbox.instantiate_with(&limits, Vec::new(), Some(Box::new(Shared(Arc::clone(&collected)))))?;
    let Bounds { characters, string, items, depth } = options.bounds;
    let bounds = [characters, string, items, depth].map(|bound| Value::Int(bound.into()));
    let bounds = codec::encode(&Value::Tuple(bounds.to_vec()));
    let reply = instance.set_annotations(options.annotations).and_then(|()| instance.trace(text, &bounds));
    sandbox.check_memory()?;
    if let Some(fault) = instance.take_fault() {
        return Err(fault);
    }
    instance.set_peer(None);
    let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
    let end = match (collected.end.take(), reply) {
        (Some(end), _) => end,
        (None, Ok(())) => End::Cut("the program stopped its tracer".to_owned()),
        (None, Err(Ending::OutOfFuel)) => End::Cut(format!("it used {} fuel", options.fuel)),
        (None, Err(ending)) => End::Cut(ending.describe().1),
    };
    let collected = &mut *collected;
    Ok(Recording {
        source: collected.source.clone(),
        events: std::mem::take(&mut collected.events),
        end,
        variables: std::mem::take(&mut collected.variables),
    })
}

struct Collected {
    source: Source,
    events: Vec<Event>,
    end: Option<End>,
    variables: Vec<Change>,
    budget: usize,
}

struct Shared(Arc<Mutex<Collected>>);

impl Peer for Shared {
    fn report(&mut self, report: &[u8], _fuel: u64) -> Result<GoOn, Fault> {
        let mut collected = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // After its end, and with bytes that are no report, a program has got at its tracer.
        if collected.end.is_some() {
            return Ok(GoOn::Stop);
        }
        match Report::read(report) {
            Some(Report::Text(lines, definitions, statements)) => {
                collected.source.set_structure(lines, definitions, statements);
            }
            Some(Report::Event(_)) if collected.events.len() >= collected.budget => {
                collected.end = Some(End::Cut(format!("after {} events", collected.budget)));
                return Ok(GoOn::Stop);
            }
            Some(Report::Event(event)) => collected.events.push(event),
            Some(Report::End(error, variables)) => {
                collected.variables = variables;
                let end = end(&error);
                if let End::NotAProgram(error) = &end {
                    // All there is to say of it stands on the line that Python complains of.
                    collected.events.push(Event::Raise {
                        row: error.line.unwrap_or(1),
                        frame: 0,
                        error: format!("{}({})", error.kind, python_string(&error.message)),
                        changes: Vec::new(),
                        origin: true,
                    });
                }
                collected.end = Some(end);
            }
            None => return Ok(GoOn::Stop),
        }
        Ok(GoOn::Same)
    }
}

/// A message as Python would quote it, without the position that its text repeats.
fn python_string(message: &str) -> String {
    let message = message.rsplit_once(" (<program>").map_or(message, |(message, _)| message);
    crate::value::repr::repr(&Value::str(message), 400)
}

fn end(error: &Value) -> End {
    let Some([phase, kind, _, message, line, _]) = error.as_sequence() else { return End::Finished };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = match line {
        Value::Int(line) => u32::try_from(*line).ok(),
        _ => None,
    };
    let error = ErrorInfo { kind: text(kind), message: text(message), line };
    if phase.as_str() == Some("compile") { End::NotAProgram(error) } else { End::Raised(error) }
}
