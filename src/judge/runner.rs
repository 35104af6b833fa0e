//! A candidate's instances: the first, and fresh ones where it must go on after one ended; and its half of a conversation with tests.
//!
//! Once a test has handed it something to call (a function, an iterator), the candidate's instance may be in the middle of a call when it
//! asks the tester. It then runs on a thread of its own and waits there; see [`Away`].

use std::{
    collections::BTreeSet,
    sync::{Arc, mpsc},
};

use super::{
    Options, TestResult, Verdict, audit, classify,
    contract::{Contract, Gate, Parts, Terms, may_hold_tokens, opaque},
};
use crate::{
    sandbox::{Annotations, Capture, Ending, Fault, Instance, Limits, Peer, Reply, Sandbox, Usage, pool},
    value::{Value, codec},
};

/// An answer to a tester, made anew from decoded data.
#[derive(Debug)]
pub(super) struct Answer {
    /// The message in the tester's form.
    pub(super) outcome: Vec<u8>,
    /// The reason for which the candidate is gone: whatever the test makes of it, it has failed.
    pub(super) gone: Option<TestResult>,
}

impl Answer {
    fn gone(failure: TestResult) -> Self {
        let error = classify::error_tuple(&failure, "Exception", Value::Tuple(Vec::new()));
        let outcome = codec::encode(&Value::Tuple(vec![Value::str("gone"), error]));
        Self { outcome, gone: Some(failure) }
    }
}

/// A candidate's instance on a thread of its own.
struct Away {
    /// The sender of the answers that it waits for.
    answers: mpsc::Sender<Vec<u8>>,
    /// The receiver of what it says.
    events: mpsc::Receiver<Event>,
}

impl std::fmt::Debug for Away {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Away").finish_non_exhaustive()
    }
}

enum Event {
    /// The candidate asks the tester, and waits.
    Asks(Vec<u8>),
    /// The call is over.
    Done(Box<Instance>, Reply<Vec<u8>>),
}

/// The candidate's end of a conversation, on its thread.
struct Asking {
    events: mpsc::Sender<Event>,
    answers: mpsc::Receiver<Vec<u8>>,
}

impl Peer for Asking {
    fn call(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        let over = || Fault::Trusted { what: "a call back".to_owned(), why: "the tests are over".to_owned() };
        self.events.send(Event::Asks(request.to_vec())).map_err(|_| over())?;
        self.answers.recv().map_err(|_| over())
    }
}

/// A candidate and where it runs.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about tests and candidate")]
pub(super) struct Runner {
    sandbox: Arc<Sandbox>,
    limits: Limits,
    /// The program.
    source: Arc<str>,
    annotations: Annotations,
    /// The findings of the audit, where one is asked for.
    audit: Option<BTreeSet<String>>,
    /// The names that the program must define.
    names: Vec<String>,
    /// Whether tests will run beside the program.
    pub(super) colocated: bool,
    /// Whether a test changed a copy of one of its containers.
    pub(super) changed_copies: bool,
    instance: Option<Box<Instance>>,
    /// The thread on which the instance is while a call of it waits for the tester.
    away: Option<Away>,
    /// Whether it was handed something to call.
    calls_back: bool,
    /// The gate between its answers and the tests.
    gate: Gate,
    /// Whether tests look at what it prints.
    prints: bool,
    /// The output of the running instance, where they do.
    stdout: Option<Capture>,
    /// The fuel and the memory of instances that ended.
    spent: Usage,
}

impl Runner {
    pub(super) fn new(
        sandbox: &Arc<Sandbox>,
        limits: Limits,
        source: &str,
        options: &Options,
        names: Vec<String>,
    ) -> Self {
        Self {
            sandbox: Arc::clone(sandbox),
            limits,
            source: source.into(),
            annotations: options.annotations,
            audit: options.audit.then(BTreeSet::new),
            names,
            colocated: false,
            changed_copies: false,
            instance: None,
            away: None,
            calls_back: false,
            gate: Gate::new(Terms::Free),
            prints: false,
            stdout: None,
            spent: Usage::default(),
        }
    }

    /// Has its answers reach the tests on these terms, what it prints too where they look at that.
    pub(super) fn on_terms(mut self, terms: Terms, prints: bool) -> Self {
        self.gate = Gate::new(terms);
        self.prints = prints;
        self
    }

    /// Whether an object of the candidate's reached the tests.
    pub(super) fn gave_objects(&self) -> bool {
        self.gate.objects
    }

    /// Whether an exception of the candidate's may have steered the tests.
    pub(super) fn steered(&self) -> bool {
        self.gate.steered
    }

    /// Takes the contract that was noted of it as a reference.
    pub(super) fn take_contract(&mut self) -> Contract {
        self.gate.take_contract()
    }

    /// Makes a fresh instance and loads the program; the failure, where that fails.
    pub(super) fn start(&mut self) -> Result<Option<TestResult>, Fault> {
        self.retire();
        let mut instance = self.sandbox.instantiate(&self.limits)?;
        let failure = self.load(&mut instance).unwrap_or_else(|ending| Some(classify::ended(&ending)));
        self.stdout = self.prints.then(|| instance.stdout());
        // What it printed before any test is not theirs.
        self.printed();
        self.instance = Some(Box::new(instance));
        Ok(failure)
    }

    fn load(&mut self, instance: &mut Instance) -> Result<Option<TestResult>, Ending> {
        if let Some(found) = &mut self.audit {
            found.extend(audit::of_reply(&instance.start_audit(&self.source)?));
        }
        instance.set_annotations(self.annotations)?;
        let reply = instance.load(&self.source, &self.names, self.colocated)?;
        Ok(match codec::decode(&reply) {
            Ok(Value::None) => None,
            Ok(error) => Some(classify::failure(&error, instance.denied_memory())),
            Err(_) => Some(classify::garbled("bytes that are no value")),
        })
    }

    /// The candidate.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The running instance, where there is one.
    pub(super) fn instance(&mut self) -> Option<&mut Instance> {
        self.instance.as_deref_mut()
    }

    /// Drops the instance, keeping account of what it used.
    pub(super) fn retire(&mut self) {
        if let Some(Away { answers, events }) = self.away.take() {
            // What it waits for never comes: its call ends.
            drop(answers);
            while let Ok(event) = events.recv() {
                if let Event::Done(instance, _) = event {
                    self.instance = Some(instance);
                }
            }
        }
        self.calls_back = false;
        self.gate.reset();
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

    /// Returns what all instances used: the fuel together, the memory at its peak.
    pub(super) fn usage(&self) -> Usage {
        self.instance.as_ref().map_or(self.spent, |instance| add(self.spent, instance.usage()))
    }

    /// Answers one message of a tester.
    pub(super) fn answer(&mut self, message: &[u8]) -> Result<Answer, Fault> {
        if self.instance.is_none()
            && self.away.is_none()
            && let Some(failure) = self.start()?
        {
            self.retire();
            return Ok(Answer::gone(failure));
        }
        self.gate.hear(message);
        if is_call(message) {
            self.gate.call(message);
            self.calls_back |= message.windows(HANDLE.len()).any(|window| window == HANDLE);
        }
        let event = self.exchange(message)?;
        // Nothing is learnt from a candidate that the machine failed.
        self.sandbox.check_memory()?;
        let answer = match event {
            None => Err(Box::new(classify::garbled("nothing"))),
            Some(Event::Done(instance, reply)) => {
                let denied = instance.denied_memory();
                self.instance = Some(instance);
                match reply {
                    Err(ending) => Err(Box::new(classify::ended(&ending))),
                    Ok(reply) => self.let_through(&reply, denied, false),
                }
            }
            Some(Event::Asks(message)) => self.let_through(&message, false, true),
        };
        Ok(match answer {
            Ok(outcome) => Answer { outcome, gone: None },
            Err(failure) => {
                if self.away.is_some() || self.instance.as_ref().is_some_and(|instance| instance.has_ended()) {
                    self.retire();
                }
                self.gate.reset();
                Answer::gone(*failure)
            }
        })
    }

    /// Has the instance take a message and waits for what it says next.
    fn exchange(&mut self, message: &[u8]) -> Result<Option<Event>, Fault> {
        if let Some(away) = &self.away {
            let event = away.answers.send(message.to_vec()).ok().and_then(|()| away.events.recv().ok());
            if !matches!(event, Some(Event::Asks(_))) {
                self.away = None;
            }
            return Ok(event);
        }
        let Some(mut instance) = self.instance.take() else { return Ok(None) };
        if !self.calls_back {
            let reply = instance.call(message);
            return Ok(Some(Event::Done(instance, reply)));
        }
        let (sender, events) = mpsc::channel();
        let (answers, receiver) = mpsc::channel();
        instance.set_peer(Some(Box::new(Asking { events: sender.clone(), answers: receiver })));
        let message = message.to_vec();
        pool::spawn("candidate", move || {
            let reply = instance.call(&message);
            instance.set_peer(None);
            let _ = sender.send(Event::Done(instance, reply));
        })?;
        let event = events.recv().ok();
        if matches!(event, Some(Event::Asks(_))) {
            self.away = Some(Away { answers, events });
        }
        Ok(event)
    }

    /// Returns the message that reaches the tester of a candidate's, or the failure that it is; `waits` says whether the candidate waits for an answer.
    fn let_through(&mut self, message: &[u8], denied: bool, waits: bool) -> Result<Vec<u8>, Box<TestResult>> {
        let inert = !may_hold_tokens(message);
        let garbled = || Box::new(classify::garbled("bytes that are no outcome"));
        let mut message = codec::decode_message(message).map_err(|error| Box::new(classify::undecodable(error)))?;
        let printed = self.printed();
        self.gate.reply(&message, printed.as_ref());
        let Value::Tuple(items) = &mut message else { return Err(garbled()) };
        let kind = items.first().and_then(Value::as_str).unwrap_or_default().to_owned();
        // It asks while it waits, and answers the innermost call: the last of them by returning.
        let in_turn =
            if waits { kind == "call" || self.gate.depth() > 1 } else { kind != "call" && self.gate.depth() == 1 };
        if !in_turn {
            return Err(garbled());
        }
        match (kind.as_str(), items.as_mut_slice()) {
            ("return", [_, value, changes]) if is_changes(changes) => {
                self.gate.answer(Parts { values: vec![value], changes, inert });
            }
            ("opaque", [_, Value::Str(name)]) => {
                let answer = Value::Tuple(vec![Value::str("return"), opaque(&name.to_string_lossy()), Value::None]);
                self.gate.answer(Parts { values: vec![&mut Value::None], changes: &mut Value::None, inert: true });
                message = answer;
            }
            ("raise", [_, error, arguments, attributes, own, changes])
                if matches!(arguments, Value::None | Value::Tuple(_))
                    && matches!(attributes, Value::None | Value::Dict(_))
                    && matches!(own, Value::None | Value::Int(0..))
                    && is_changes(changes) =>
            {
                let failure = classify::failure(error, denied);
                let parts = error.as_sequence().unwrap_or_default();
                let base = parts.get(2).and_then(Value::as_str).unwrap_or_default().to_owned();
                let classes = parts.get(5).cloned().unwrap_or(Value::Tuple(Vec::new()));
                if !classes.as_sequence().is_some_and(|names| names.iter().all(|name| matches!(name, Value::Str(_)))) {
                    return Err(garbled());
                }
                // Exits and limits end the test; everything else is the test's to expect, but what would steer it.
                let ends = ["SystemExit", "KeyboardInterrupt", "BaseException"].contains(&base.as_str());
                if failure.verdict == Verdict::OutOfMemory || ends {
                    return Err(Box::new(failure));
                }
                *error = classify::error_tuple(&failure, &base, classes);
                let is_own = *own != Value::None;
                if !self.gate.raise(&base, is_own, Parts { values: vec![arguments, attributes], changes, inert }) {
                    return Err(Box::new(failure));
                }
            }
            ("call", [_, Value::Tuple(operation), Value::Tuple(arguments), keywords @ Value::Dict(_), changes])
                if is_changes(changes) =>
            {
                let [Value::Str(operation)] = operation.as_slice() else { return Err(garbled()) };
                if !keywords.children().into_iter().step_by(2).all(|key| matches!(key, Value::Str(_))) {
                    return Err(garbled());
                }
                let values = arguments.iter_mut().chain([keywords]).collect();
                self.gate.callback(&operation.to_string_lossy(), Parts { values, changes, inert });
            }
            _ => return Err(garbled()),
        }
        if let (Value::Tuple(items), Some(text)) = (&mut message, printed) {
            items.push(text);
        }
        Ok(codec::encode(&message))
    }

    /// Returns the text that it printed since, where tests look at that.
    fn printed(&self) -> Option<Value> {
        let bytes = self.stdout.as_ref()?.take().bytes;
        (!bytes.is_empty()).then(|| Value::str(&String::from_utf8_lossy(&bytes)))
    }
}

/// Whether a tester's message is a call: its first item says so, within a few bytes of codes and lengths.
fn is_call(message: &[u8]) -> bool {
    message[..message.len().min(14)].windows(4).any(|window| window == b"call")
}

/// The bytes that stand in each message that hands over something to call.
const HANDLE: &[u8] = b"XH";

fn is_changes(value: &Value) -> bool {
    match value {
        Value::None => true,
        Value::Tuple(changes) => changes.iter().all(
            |change| matches!(change.as_sequence(), Some([Value::Int(0..), _]) if matches!(change, Value::Tuple(_))),
        ),
        _ => false,
    }
}

fn add(a: Usage, b: Usage) -> Usage {
    Usage { fuel: a.fuel.saturating_add(b.fuel), peak_memory: a.peak_memory.max(b.peak_memory) }
}
