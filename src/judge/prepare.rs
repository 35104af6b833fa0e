//! What the judge learns about a task from its reference, once, in sandboxes of their own.
//!
//! For [`Cases`](crate::task::Cases): the expected outcome of every input. For a [`Program`]: which names are the candidate's, whether the tests
//! need helpers from the reference, and what a candidate may give ([`contract`](super::contract)). The test of that is the reference
//! itself: nothing but data if it passes with that, else objects where it gave some, else the tests run *colocated* with the candidate.
//! Without a reference a candidate may give objects anywhere, and its verdict says whether it did.
//!
//! All of it is cached by content: guest, reference, tests and format.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Isolation, Judgement, Options, Verdict,
    contract::Terms,
    program::{self, direct::DirectCall, memo::Memo},
    stored,
};
use crate::{
    sandbox::{Annotations, CacheDir, Fault, GoOn, Limits, Peer, Sandbox},
    task::{Cases, EntryPoints, Oracle, Program, Task, TestSuite},
    value::{Value, codec, repr::repr},
};

/// A task, ready to judge candidates. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The task.
    pub task: Arc<Task>,
    /// Whether its reference passes.
    pub reference: ReferenceCheck,
    /// Where its tests run.
    pub isolation: Isolation,
    /// Fuel the reference used over all tests; 0 without one.
    pub fuel: u64,
    /// [`Program`]: the names answered by the candidate.
    pub stubs: Vec<String>,
    /// [`Program`]: classes the tests use of the candidate, with the builtin exception they derive from.
    pub classes: Vec<(String, Option<String>)>,
    /// [`Program`]: other values at the top level of the candidate's program that the tests use.
    pub values: Vec<String>,
    /// [`Program`]: whether containers that cross are held by both sides for good: tests see what a program keeps between calls.
    pub(super) keeps: bool,
    /// [`Program`]: on what terms the candidate's answers reach the tests.
    pub(super) terms: Terms,
    /// [`Program`]: trusted source whose names the tests use.
    pub helpers: Option<String>,
    /// [`Program`]: those names.
    pub task_names: Vec<String>,
    /// [`Cases`]: the reference's outcome for each input, encoded; shorter than the inputs where it failed.
    pub(super) expected: Arc<Vec<Vec<u8>>>,
    /// [`Cases`]: fuel the reference used for each input.
    pub(super) input_fuel: Arc<Vec<u64>>,
    /// [`Cases`]: which expected outcomes hold a NaN, which equals nothing.
    pub(super) nan: Arc<Vec<usize>>,
    /// [`Program`]: the first tests, as far as they need no tester.
    pub(super) direct: Arc<Vec<DirectCall>>,
    /// [`Program`]: what testers did.
    pub(super) memo: Arc<Memo>,
}

/// What became of a task's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceCheck {
    /// It passes every test (for [`Cases`](crate::task::Cases): it returns for every input).
    Passes,
    /// It does not, for this reason.
    Fails(String),
    /// There is none.
    Missing,
}

impl Prepared {
    /// The function under test: the task's, else the first stub.
    #[must_use]
    pub fn entry_point(&self) -> &str {
        if self.task.entry_point.is_empty() {
            self.stubs.first().map_or("", String::as_str)
        } else {
            &self.task.entry_point
        }
    }

    /// The names that a candidate is asked to define, the entry point first; empty where nobody knows.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let mut names = vec![self.entry_point().to_owned()];
        names.extend(self.required_names());
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        names
    }

    /// [`Program`]: the names a candidate has to define.
    pub(super) fn required_names(&self) -> Vec<String> {
        self.stubs.iter().chain(self.classes.iter().map(|(name, _)| name)).chain(&self.values).cloned().collect()
    }

    /// [`Program`]: names that the tests use and who answers them, the candidate's first.
    #[must_use]
    pub fn answered_by(&self) -> Vec<(String, &'static str)> {
        let mut names: Vec<_> = self.required_names().into_iter().map(|name| (name, "candidate")).collect();
        names.extend(self.task_names.iter().map(|name| (name.clone(), "task")));
        names
    }

    /// The argument tuple at `index`.
    pub(super) fn input(&self, index: usize) -> Option<&Value> {
        match &self.task.suite {
            TestSuite::Cases(cases) => cases.inputs.get(index),
            TestSuite::Program(_) => None,
        }
    }

    /// [`Cases`]: the call at `index`, as text of about `bound` characters.
    #[must_use]
    pub fn input_text(&self, index: usize, bound: usize) -> Option<String> {
        let arguments = repr(self.input(index)?, bound);
        let arguments = arguments.strip_suffix(",)").map_or(arguments.clone(), |one| format!("{one})"));
        Some(format!("{}{arguments}", self.task.entry_point))
    }

    /// [`Cases`]: the expected value at `index`.
    #[must_use]
    pub fn expected_value(&self, index: usize) -> Option<Value> {
        let Value::Tuple(mut items) = codec::decode(self.expected.get(index)?).ok()? else { return None };
        items.pop()
    }

    /// Fuel the reference used for the input at `index`.
    pub(super) fn input_fuel(&self, index: usize) -> u64 {
        self.input_fuel.get(index).copied().unwrap_or(0)
    }

    /// Whether the expected value at `index` holds a NaN.
    pub(super) fn has_nan(&self, index: usize) -> bool {
        self.nan.binary_search(&index).is_ok()
    }

    /// The inputs from `start` on that have an expected value, as the guest takes them.
    pub(super) fn encoded_inputs(&self, start: usize) -> Vec<u8> {
        let TestSuite::Cases(cases) = &self.task.suite else { return Vec::new() };
        encode_inputs(&cases.inputs[start..self.expected.len()])
    }
}

pub(super) fn encode_inputs(inputs: &[Value]) -> Vec<u8> {
    let mut out = vec![b'['];
    out.extend_from_slice(&i32::try_from(inputs.len()).unwrap_or(i32::MAX).to_le_bytes());
    for input in inputs {
        out.extend_from_slice(&codec::encode(input));
    }
    out
}

/// See [`Judge::prepare`](super::Judge::prepare).
pub(super) fn prepare(
    sandbox: &Arc<Sandbox>,
    cache: &CacheDir,
    annotations: Annotations,
    task: &Arc<Task>,
) -> Result<Prepared, Fault> {
    if let Some(prepared) = stored::read(cache, annotations, task) {
        return Ok(prepared);
    }
    let prepared = match &task.suite {
        TestSuite::Cases(cases) => prepare_cases(sandbox, annotations, task, cases)?,
        TestSuite::Program(program) => prepare_program(sandbox, annotations, task, program)?,
    };
    // What a reference did without memory is not its doing.
    sandbox.check_memory()?;
    stored::write(cache, annotations, &prepared);
    Ok(prepared)
}

pub(super) fn blank(task: &Arc<Task>) -> Prepared {
    Prepared {
        task: Arc::clone(task),
        reference: ReferenceCheck::Missing,
        isolation: Isolation::Split,
        fuel: 0,
        stubs: Vec::new(),
        classes: Vec::new(),
        values: Vec::new(),
        keeps: false,
        terms: Terms::Free,
        helpers: None,
        task_names: Vec::new(),
        expected: Arc::default(),
        input_fuel: Arc::default(),
        nan: Arc::default(),
        direct: Arc::default(),
        memo: Arc::default(),
    }
}

/// Collects the reference's outcomes; where only their existence counts, of values that do not cross too.
struct Collector(std::sync::mpsc::Sender<(Vec<u8>, u64)>, Oracle);

impl Peer for Collector {
    fn report(&mut self, outcome: &[u8], fuel: u64) -> Result<GoOn, Fault> {
        let usable = is_of_kind(outcome, "return") || self.1 == Oracle::NotNone && is_of_kind(outcome, "opaque");
        let taken = usable && self.0.send((outcome.to_vec(), fuel)).is_ok();
        Ok(if taken { GoOn::Same } else { GoOn::Stop })
    }
}

/// Whether an outcome, `(kind, ...)`, is of this kind: it stands within a few bytes of codes and lengths.
fn is_of_kind(outcome: &[u8], kind: &str) -> bool {
    outcome[..outcome.len().min(16)].windows(kind.len()).any(|window| window == kind.as_bytes())
}

fn prepare_cases(
    sandbox: &Arc<Sandbox>,
    annotations: Annotations,
    task: &Arc<Task>,
    cases: &Cases,
) -> Result<Prepared, Fault> {
    let mut prepared = blank(task);
    let Some(reference) = &task.reference else { return Ok(prepared) };
    let mut instance = sandbox.instantiate(&Limits::trusted())?;
    let (sender, receiver) = std::sync::mpsc::channel();
    instance.set_peer(Some(Box::new(Collector(sender, cases.oracle))));
    let names = std::slice::from_ref(&task.entry_point);
    let loaded = instance.set_annotations(annotations).and_then(|()| instance.load(reference, names, false));
    let run = loaded.and_then(|reply| {
        if codec::decode(&reply) == Ok(Value::None) {
            instance.call_each(&task.entry_point, &encode_inputs(&cases.inputs))
        } else {
            Ok(())
        }
    });
    instance.set_peer(None);
    let (expected, input_fuel): (Vec<Vec<u8>>, Vec<u64>) = receiver.try_iter().unzip();
    prepared.input_fuel = Arc::new(input_fuel);
    prepared.fuel = instance.usage().fuel;
    prepared.reference = if expected.len() == cases.inputs.len() {
        ReferenceCheck::Passes
    } else {
        let why =
            run.err().map_or_else(|| "it raises or returns no plain data".to_owned(), |ending| ending.describe().1);
        ReferenceCheck::Fails(format!("input {}: {why}", expected.len()))
    };
    let holds_nan = |bytes: &Vec<u8>| codec::decode(bytes).is_ok_and(|value| has_nan(&value));
    prepared.nan = Arc::new((0..expected.len()).filter(|&index| holds_nan(&expected[index])).collect());
    prepared.expected = Arc::new(expected);
    Ok(prepared)
}

fn has_nan(value: &Value) -> bool {
    match value {
        Value::Float(value) => value.is_nan(),
        Value::Complex(real, imaginary) => real.is_nan() || imaginary.is_nan(),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) | Value::FrozenSet(items) => {
            items.iter().any(has_nan)
        }
        Value::Dict(items) => items.iter().any(|(key, value)| has_nan(key) || has_nan(value)),
        // Rare enough to be always compared in full.
        Value::Std(_) => true,
        _ => false,
    }
}

fn prepare_program(
    sandbox: &Arc<Sandbox>,
    annotations: Annotations,
    task: &Arc<Task>,
    suite: &Program,
) -> Result<Prepared, Fault> {
    let mut prepared = blank(task);
    let calls = assign_names(sandbox, &mut prepared, suite)?;
    // Values are asked for before each test.
    if !prepared.stubs.is_empty() && prepared.values.is_empty() {
        prepared.direct = Arc::new(calls.into_iter().map_while(|call| call.of_stubs(&prepared.stubs)).collect());
    }
    let Some(reference) = &task.reference else {
        prepared.keeps = true;
        prepared.direct = Arc::default();
        return Ok(prepared);
    };

    let trusted = Limits::trusted();
    let options = Options {
        fuel_floor: trusted.fuel,
        fuel_factor: 1.0,
        memory: trusted.memory,
        run_all: false,
        annotations,
        audit: false,
    };
    let noted = |objects| Prepared {
        terms: Terms::Noted { objects },
        direct: if objects { Arc::default() } else { Arc::clone(&prepared.direct) },
        memo: Arc::default(),
        ..prepared.clone()
    };
    let beside = Prepared { isolation: Isolation::Colocated, direct: Arc::default(), ..noted(true) };
    let holds = |judgement: &Judgement| judgement.verdict == Verdict::Pass && !judgement.changed_copies;
    // Nothing but data, else objects too, else what is kept between calls, else beside the candidate. Where tests use the candidate's
    // classes, data alone will not do.
    let keeping = Prepared { keeps: true, ..noted(true) };
    let mut ways = vec![noted(true), keeping, beside];
    if prepared.classes.is_empty() {
        ways.insert(0, noted(false));
    }
    let mut best: Option<(Prepared, Judgement)> = None;
    for way in ways {
        let judgement = program::judge(sandbox, &options, &way, reference)?;
        let holds = holds(&judgement);
        // Of ways that all fail, that which gets furthest.
        let further = best.as_ref().is_none_or(|(_, best)| judgement.tests.len() > best.tests.len());
        if holds || further {
            best = Some((way, judgement));
        }
        if holds {
            break;
        }
    }
    let Some((found, judgement)) = best else { return Ok(prepared) };
    prepared = found;
    prepared.terms = Terms::Held(Arc::clone(&judgement.contract));
    prepared.isolation = judgement.isolation;
    prepared.fuel = judgement.usage.fuel;
    prepared.reference = if judgement.verdict == Verdict::Pass {
        ReferenceCheck::Passes
    } else {
        let error = judgement.error().map(|error| format!(": {}: {}", error.kind, error.message)).unwrap_or_default();
        ReferenceCheck::Fails(format!(
            "test {}: {}{error}",
            judgement.tests.len().saturating_sub(1),
            judgement.verdict.name()
        ))
    };
    // What the reference's tester did was learnt under other limits.
    prepared.memo = Arc::default();
    Ok(prepared)
}

/// Says of each name that the tests use whose it is; returns the tests that may need no tester.
fn assign_names(sandbox: &Sandbox, prepared: &mut Prepared, suite: &Program) -> Result<Vec<DirectCall>, Fault> {
    let task = Arc::clone(&prepared.task);
    let task = &task;
    let known = task.reference.as_deref().or(task.buggy.as_deref()).unwrap_or_default();
    let (names, calls) = analyse(sandbox, task, suite, known)?;
    // What the program imports, the tests may import too, from where it came.
    let imports: Vec<&str> = names.iter().map(|(_, kind)| kind.as_str()).filter(|kind| is_import(kind)).collect();
    if !imports.is_empty() {
        prepared.helpers = Some(imports.join("\n"));
    }
    // Classes that the tests use are the candidate's; other values at its top level only it has.
    let base = |kind: &str| kind.strip_prefix("exception ").map(str::to_owned);
    let classes = names.iter().filter(|(_, kind)| kind == "class" || base(kind).is_some());
    prepared.classes = classes.map(|(name, kind)| (name.clone(), base(kind))).collect();
    let listed = match &suite.entry_points {
        EntryPoints::Named => Some([task.entry_point.as_str()].into()),
        EntryPoints::Listed(names) => {
            Some(names.iter().map(String::as_str).chain([task.entry_point.as_str()]).collect())
        }
        EntryPoints::FromTests => None,
    };
    let is_candidates =
        |name: &String| listed.as_ref().is_none_or(|listed: &BTreeSet<&str>| listed.contains(name.as_str()));
    let of_kind = |wanted: &[&str]| -> Vec<String> {
        let kinds = names.iter().filter(|(name, kind)| wanted.contains(&kind.as_str()) && is_candidates(name));
        kinds.map(|(name, _)| name.clone()).collect()
    };
    prepared.classes.retain(|(name, _)| is_candidates(name));
    prepared.stubs = of_kind(&["function"]);
    prepared.values = of_kind(&["other"]);
    if prepared.stubs.is_empty() && prepared.classes.is_empty() || task.reference.is_none() && task.buggy.is_none() {
        // Nothing shows what they are, so names do.
        if !of_kind(&["missing base"]).is_empty() {
            prepared.isolation = Isolation::Colocated;
        }
        for name in of_kind(&["missing", "missing base"]) {
            if name.ends_with("Error") || name.ends_with("Exception") {
                prepared.classes.push((name, Some("Exception".to_owned())));
            } else if name.starts_with(char::is_uppercase) && (name.len() == 1 || name.contains(char::is_lowercase)) {
                prepared.classes.push((name, None));
            } else {
                prepared.stubs.push(name);
            }
        }
    }
    let entry_point = &task.entry_point;
    let is_class = prepared.classes.iter().any(|(name, _)| name == entry_point);
    if !entry_point.is_empty()
        && !is_class
        && !prepared.values.contains(entry_point)
        && !prepared.stubs.contains(entry_point)
    {
        prepared.stubs.insert(0, entry_point.clone());
    }
    let of_task = |(name, kind): &(String, String)| {
        !is_candidates(name) && (["function", "other", "class"].contains(&kind.as_str()) || base(kind).is_some())
    };
    prepared.task_names = names.iter().filter(|entry| of_task(entry)).map(|(name, _)| name.clone()).collect();
    if !prepared.task_names.is_empty() {
        prepared.helpers.clone_from(&task.reference);
    }
    Ok(calls)
}

fn is_import(kind: &str) -> bool {
    kind.starts_with("import ") || kind.starts_with("from ")
}

/// Free names of tests, and how a program defines them.
type Names = Vec<(String, String)>;

/// The free names of the tests and how `program` defines them, in order of use; and the tests that may need no tester.
fn analyse(sandbox: &Sandbox, task: &Task, suite: &Program, program: &str) -> Result<(Names, Vec<DirectCall>), Fault> {
    let fault = |why: String| Fault::Trusted { what: format!("analysing the tests of {}", task.id), why };
    let mut instance = sandbox.instantiate(&Limits::trusted())?;
    let calls = instance.direct_calls(&suite.setup, &suite.tests).map_err(|ending| fault(ending.describe().1))?;
    let calls = codec::decode(&calls).ok().and_then(|calls| DirectCall::read_all(&calls));
    let mut tests = vec![suite.setup.clone()];
    tests.extend(suite.tests.iter().cloned());
    let reply = instance.analyse(&tests, program).map_err(|ending| fault(ending.describe().1))?;
    let (Ok(Value::Dict(items)), Some(calls)) = (codec::decode(&reply), calls) else {
        return Err(fault("no answer".to_owned()));
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Ok((items.iter().filter_map(|(name, kind)| text(name).zip(text(kind))).collect(), calls))
}
