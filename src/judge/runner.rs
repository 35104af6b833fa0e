//! A candidate's instances: the first, and fresh ones where it must go on after one ended.

use std::{collections::BTreeSet, sync::Arc};

use super::{Options, TestResult, Value, Verdict, audit, classify, codec};
use crate::sandbox::{Annotations, Ending, Fault, Instance, Limits, Sandbox, Usage};

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
    annotations: Annotations,
    /// What it was found to try, where that is asked for.
    audit: Option<BTreeSet<String>>,
    entry_point: String,
    /// Names the program must define.
    names: Vec<String>,
    /// Whether tests will run beside the program.
    pub(super) colocated: bool,
    /// Whether a test changed a copy of one of its containers.
    pub(super) changed_copies: bool,
    instance: Option<Instance>,
    /// What instances that ended used.
    spent: Usage,
}

impl Runner {
    pub(super) fn new(
        sandbox: &Arc<Sandbox>,
        limits: Limits,
        source: &str,
        options: &Options,
        entry_point: &str,
        names: Vec<String>,
    ) -> Self {
        Self {
            sandbox: Arc::clone(sandbox),
            limits,
            source: source.into(),
            extracted: None,
            sanitize: options.sanitize.applies_to(source),
            annotations: options.annotations,
            audit: options.audit.then(BTreeSet::new),
            entry_point: entry_point.to_owned(),
            names,
            colocated: false,
            changed_copies: false,
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
        if let Some(found) = &mut self.audit {
            found.extend(audit::of_reply(&instance.start_audit(program)?));
        }
        instance.set_annotations(self.annotations)?;
        let reply = instance.load(program, &self.names, self.colocated)?;
        Ok(match codec::decode(&reply) {
            Ok(Value::None) => None,
            Ok(error) => Some(classify::failure(&error, instance)),
            Err(_) => Some(classify::garbled("bytes that are no value")),
        })
    }

    /// The candidate's text as given.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The running instance, where there is one.
    pub(super) fn instance(&mut self) -> Option<&mut Instance> {
        self.instance.as_mut()
    }

    /// Drops the instance, keeping account of what it used.
    pub(super) fn retire(&mut self) {
        if let Some(mut instance) = self.instance.take() {
            self.spent = add(self.spent, instance.usage());
            if let Some(audit) = &mut self.audit {
                audit.extend(audit::of_instance(&mut instance));
            }
        }
    }

    /// Takes what it was found to try, sorted, with what its `tests` show; nothing where that was not asked for.
    pub(super) fn findings(&mut self, tests: &[TestResult]) -> Vec<String> {
        let Some(mut found) = self.audit.take() else { return Vec::new() };
        found.extend(audit::of_tests(tests));
        found.into_iter().collect()
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
            Ok(reply) => Ok(outcome(&reply, Request::read(request).as_ref(), instance)),
        }
    }
}

fn add(a: Usage, b: Usage) -> Usage {
    Usage { fuel: a.fuel.saturating_add(b.fuel), peak_memory: a.peak_memory.max(b.peak_memory) }
}

/// What of a tester's request bears on the answer.
struct Request {
    /// How many positional arguments it has.
    arguments: usize,
    by_reference: bool,
}

impl Request {
    fn read(request: &[u8]) -> Option<Self> {
        let request = codec::decode_request(request).ok()?;
        let [_, arguments, _, by_reference] = request.as_sequence()? else { return None };
        Some(Self { arguments: arguments.as_sequence()?.len(), by_reference: *by_reference == Value::Bool(true) })
    }
}

/// Turns a candidate's outcome for a request into the tester's form.
fn outcome(reply: &[u8], request: Option<&Request>, instance: &Instance) -> Answer {
    let garbled = || Answer::gone(classify::garbled("bytes that are no outcome"));
    let (Ok(reply), Some(request)) = (codec::decode(reply), request) else { return garbled() };
    if !request.by_reference && reply.any(&|value| matches!(value, Value::Std(std) if std.is_by_reference())) {
        return garbled();
    }
    let Value::Tuple(items) = reply else { return garbled() };
    match (items.first().and_then(Value::as_str), items.as_slice()) {
        (Some("return"), [_, _, Value::None | Value::Tuple(_)]) => Answer::plain(&Value::Tuple(items)),
        (Some("same"), [_, Value::Int(index), Value::None | Value::Tuple(_)])
            if usize::try_from(*index).is_ok_and(|index| index < request.arguments) =>
        {
            Answer::plain(&Value::Tuple(items))
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
        _ => garbled(),
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
