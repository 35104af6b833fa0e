//! A candidate's instances: the first, and fresh ones where it must go on after one ended.

use std::sync::Arc;

use super::{Sanitize, TestResult, Value, Verdict, classify, codec};
use crate::sandbox::{Ending, Fault, Instance, Limits, Sandbox, Usage};

/// An answer to a tester, made anew from decoded data.
#[derive(Debug)]
pub(super) struct Answer {
    /// The outcome in the tester's form.
    pub(super) outcome: Vec<u8>,
    /// Why the candidate is gone: whatever the test makes of it, it has failed.
    pub(super) gone: Option<TestResult>,
}

impl Answer {
    fn plain(outcome: &Value) -> Self {
        Self { outcome: codec::encode(outcome), gone: None }
    }

    fn gone(failure: TestResult) -> Self {
        let outcome = codec::encode(&Value::Tuple(vec![Value::str("gone"), error_tuple(&failure, "Exception")]));
        Self { outcome, gone: Some(failure) }
    }
}

/// What of a candidate's text is a program, and where it runs.
#[derive(Debug)]
pub(super) struct Runner {
    sandbox: Arc<Sandbox>,
    limits: Limits,
    /// The text as given.
    source: Arc<str>,
    /// The program found in it, once the sanitiser ran.
    pub(super) extracted: Option<String>,
    sanitize: bool,
    entry_point: String,
    /// Names the program must define.
    names: Vec<String>,
    instance: Option<Instance>,
    /// What instances that ended used.
    spent: Usage,
}

impl Runner {
    pub(super) fn new(
        sandbox: &Arc<Sandbox>,
        limits: Limits,
        source: &str,
        sanitize: Sanitize,
        entry_point: &str,
        names: Vec<String>,
    ) -> Self {
        Self {
            sandbox: Arc::clone(sandbox),
            limits,
            source: source.into(),
            extracted: None,
            sanitize: sanitize.applies_to(source),
            entry_point: entry_point.to_owned(),
            names,
            instance: None,
            spent: Usage::default(),
        }
    }

    /// Makes a fresh instance and loads the program; the failure, where that fails.
    pub(super) fn start(&mut self) -> Result<Option<TestResult>, Fault> {
        self.retire();
        let mut instance = self.sandbox.instantiate(&self.limits)?;
        let failure = self.load(&mut instance).unwrap_or_else(|ending| Some(classify::ended(&ending)));
        self.instance = Some(instance);
        Ok(failure)
    }

    fn load(&mut self, instance: &mut Instance) -> Result<Option<TestResult>, Ending> {
        if self.sanitize && self.extracted.is_none() {
            self.extracted = Some(instance.sanitize(&self.source, &self.entry_point)?);
        }
        let program = self.extracted.as_deref().unwrap_or(&self.source);
        let reply = instance.load(program, &self.names)?;
        Ok(match codec::decode(&reply) {
            Ok(Value::None) => None,
            Ok(error) => Some(classify::failure(&error, instance)),
            Err(_) => Some(classify::garbled("bytes that are no value")),
        })
    }

    /// The running instance, where there is one.
    pub(super) fn instance(&mut self) -> Option<&mut Instance> {
        self.instance.as_mut()
    }

    /// Drops the instance, keeping account of what it used.
    pub(super) fn retire(&mut self) {
        if let Some(instance) = self.instance.take() {
            self.spent = add(self.spent, instance.usage());
        }
    }

    /// What all instances used: fuel together, memory at its peak.
    pub(super) fn usage(&self) -> Usage {
        self.instance.as_ref().map_or(self.spent, |instance| add(self.spent, instance.usage()))
    }

    /// Answers one request of a tester.
    pub(super) fn answer(&mut self, request: &[u8]) -> Result<Answer, Fault> {
        if self.instance.is_none()
            && let Some(failure) = self.start()?
        {
            self.retire();
            return Ok(Answer::gone(failure));
        }
        let Some(instance) = self.instance.as_mut() else {
            return Ok(Answer::gone(classify::garbled("nothing")));
        };
        match instance.call(request) {
            Err(ending) => {
                self.retire();
                Ok(Answer::gone(classify::ended(&ending)))
            }
            Ok(reply) => Ok(outcome(&reply, argument_count(request), instance)),
        }
    }
}

fn add(a: Usage, b: Usage) -> Usage {
    Usage { fuel: a.fuel.saturating_add(b.fuel), peak_memory: a.peak_memory.max(b.peak_memory) }
}

/// How many positional arguments a tester's request has.
fn argument_count(request: &[u8]) -> Option<usize> {
    let request = codec::decode(request).ok()?;
    Some(request.as_sequence()?.get(1)?.as_sequence()?.len())
}

/// Turns a candidate's outcome for a call with so many `arguments` into the tester's form.
fn outcome(reply: &[u8], arguments: Option<usize>, instance: &Instance) -> Answer {
    let Ok(Value::Tuple(items)) = codec::decode(reply) else {
        return Answer::gone(classify::garbled("bytes that are no outcome"));
    };
    match (items.first().and_then(Value::as_str), items.as_slice()) {
        (Some("return"), [_, _, Value::None | Value::Tuple(_)]) => Answer::plain(&Value::Tuple(items)),
        (Some("same"), [_, Value::Int(index), changed @ (Value::None | Value::Tuple(_))]) => {
            let arguments = arguments.and_then(|count| usize::try_from(*index).ok().filter(|index| *index < count));
            match arguments {
                Some(_) => Answer::plain(&Value::Tuple(vec![Value::str("same"), Value::Int(*index), changed.clone()])),
                None => Answer::gone(classify::garbled("bytes that are no outcome")),
            }
        }
        (Some("raise"), [_, error, error_arguments @ (Value::None | Value::Tuple(_))]) => {
            let failure = classify::failure(error, instance);
            let base = error.as_sequence().and_then(|parts| parts.get(2)?.as_str()).unwrap_or_default();
            // Exits and limits end the test; everything else is the test's to expect.
            if failure.verdict == Verdict::OutOfMemory
                || ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException"].contains(&base)
            {
                return Answer::gone(failure);
            }
            Answer::plain(&Value::Tuple(vec![
                Value::str("raise"),
                error_tuple(&failure, base),
                error_arguments.clone(),
            ]))
        }
        (Some("opaque"), [_, kind]) => Answer::gone(classify::opaque(kind)),
        _ => Answer::gone(classify::garbled("bytes that are no outcome")),
    }
}

/// `(verdict, type, base, message, line)`: an error with its verdict in the place of the phase.
fn error_tuple(failure: &TestResult, base: &str) -> Value {
    let (kind, message, line) = failure
        .error
        .as_ref()
        .map_or(("", "", None), |error| (error.kind.as_str(), error.message.as_str(), error.line));
    Value::Tuple(vec![
        Value::str(failure.verdict.name()),
        Value::str(kind),
        Value::str(base),
        Value::str(message),
        line.map_or(Value::None, |line| Value::Int(line.into())),
    ])
}
