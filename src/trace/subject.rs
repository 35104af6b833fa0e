//! The subject of a trace: a program and one of the tests a model may see.

use std::sync::Arc;

use super::{Options, Recording, record};
use crate::{
    sandbox::{Fault, Limits, Sandbox, pool},
    task::{Task, TestSuite},
    value::{Value, codec},
};

/// The choice of the visible test to trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The first that fails; where none does, the first.
    FirstFailing,
    /// All tests that fail.
    AllFailing,
    /// The one at this index, from 0.
    Index(usize),
    /// Code in place of a test.
    Code(String),
}

/// A program with a task's visible tests.
#[derive(Debug, Clone)]
pub struct Subject {
    program: String,
    setup: String,
    tests: Vec<String>,
}

impl Subject {
    /// The subject of `program` for `task`. A `check` function of assertions counts as its assertions.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn new(sandbox: &Sandbox, task: &Arc<Task>, program: &str) -> Result<Self, Fault> {
        let setup = match &task.suite {
            TestSuite::Program(suite) => suite.setup.clone(),
            TestSuite::Cases(_) => String::new(),
        };
        let mut tests = Vec::new();
        for test in &task.visible {
            tests.extend(split(sandbox, test)?);
        }
        Ok(Self { program: program.to_owned(), setup, tests })
    }

    /// A program on its own, with the test code given, if any.
    #[must_use]
    pub fn alone(program: &str) -> Self {
        Self { program: program.to_owned(), setup: String::new(), tests: Vec::new() }
    }

    /// The visible tests.
    #[must_use]
    pub fn tests(&self) -> &[String] {
        &self.tests
    }

    /// The traced text: the program, a blank line, the test; byte for byte what was given. What the tests need first stands before them.
    #[must_use]
    pub fn text(&self, test: &str) -> String {
        let mut text = self.program.clone();
        for part in [self.setup.as_str(), test] {
            if part.trim().is_empty() {
                continue;
            }
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push('\n');
            text.push_str(part);
        }
        if text.len() > self.program.len() && !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// Records what `which` asks for: one recording, or with [`Which::AllFailing`] one a failing test. Nothing where there is no such
    /// test.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness.
    pub fn record(&self, sandbox: &Sandbox, which: &Which, options: &Options) -> Result<Vec<Recording>, Fault> {
        let one = |test: &str| record(sandbox, &self.text(test), options);
        match which {
            Which::Code(test) => Ok(vec![one(test)?]),
            Which::Index(index) => self.tests.get(*index).map(|test| one(test)).into_iter().collect(),
            Which::FirstFailing => {
                let mut first = None;
                for test in &self.tests {
                    let recording = one(test)?;
                    if recording.end.failed() {
                        return Ok(vec![recording]);
                    }
                    first.get_or_insert(recording);
                }
                Ok(first.into_iter().collect())
            }
            Which::AllFailing => {
                let mut failing = Vec::new();
                for test in &self.tests {
                    let recording = one(test)?;
                    if recording.end.failed() {
                        failing.push(recording);
                    }
                }
                Ok(failing)
            }
        }
    }
}

/// The statements of a test: a `check` function that is called and only asserts becomes its assertions.
fn split(sandbox: &Sandbox, test: &str) -> Result<Vec<String>, Fault> {
    if !test.contains("def check") {
        return Ok(vec![test.to_owned()]);
    }
    let sandbox = sandbox.apart();
    let reply = pool::run_one(|| Ok(sandbox.instantiate(&Limits::trusted())?.split_test(test)))??;
    sandbox.check_memory()?;
    let reply = reply.map_err(|ending| Fault::Trusted {
        what: "splitting a test into its assertions".to_owned(),
        why: ending.describe().1,
    })?;
    let texts = codec::decode(&reply).ok().and_then(|value| {
        value.as_sequence().map(|items| items.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
    });
    Ok(texts.filter(|texts| !texts.is_empty()).unwrap_or_else(|| vec![test.to_owned()]))
}
