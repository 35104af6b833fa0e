//! The preparation of a task: what the judge learns about a task from its reference, once, in sandboxes of their own.
//!
//! For [`Cases`](TestSuite::Cases): the expected outcome of every input. For a [`Program`](TestSuite::Program): which names are the candidate's, whether the tests
//! need helpers from the reference, and what a candidate may give ([`contract`](super::contract)). The test of that is the reference
//! itself: nothing but data if it passes with that, else objects where it gave some, else the tests run *colocated* with the candidate.
//! Without a reference a candidate may give objects anywhere, and its verdict says whether it did.
//!
//! All of it is cached by content: guest, reference, tests and format.

use std::sync::Arc;

use super::{
    Isolation,
    contract::Terms,
    program::{direct::DirectCall, memo::Memo},
};
use crate::{
    task::{Task, TestSuite},
    value::{Value, codec, repr::repr},
};

/// A task, ready to judge candidates. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The task.
    pub task: Arc<Task>,
    /// Whether its reference passes.
    pub reference: ReferenceCheck,
    /// The isolation in which the task's tests run.
    pub isolation: Isolation,
    /// The fuel that the reference used over all tests; 0 without one.
    pub fuel: u64,
    /// `Program`: the names answered by the candidate.
    pub stubs: Vec<String>,
    /// `Program`: the classes that the tests use of the candidate, with the builtin exception they derive from.
    pub classes: Vec<(String, Option<String>)>,
    /// `Program`: the other values at the top level of the candidate's program that the tests use.
    pub values: Vec<String>,
    /// `Program`: whether containers that cross are held by both sides for good: tests see what a program keeps between calls.
    pub(super) keeps: bool,
    /// `Program`: the terms on which the candidate's answers reach the tests.
    pub(super) terms: Terms,
    /// `Program`: the trusted source whose names the tests use.
    pub helpers: Option<String>,
    /// `Program`: those names.
    pub task_names: Vec<String>,
    /// `Cases`: the reference's outcome for each input, encoded; shorter than the inputs where it failed.
    pub(super) expected: Arc<Vec<Vec<u8>>>,
    /// `Cases`: the fuel that the reference used for each input.
    pub(super) input_fuel: Arc<Vec<u64>>,
    /// `Cases`: the expected outcomes that hold a NaN, which equals nothing.
    pub(super) nan: Arc<Vec<usize>>,
    /// `Program`: the first tests, as far as they need no tester.
    pub(super) direct: Arc<Vec<DirectCall>>,
    /// `Program`: the memory of what testers did.
    pub(super) memo: Arc<Memo>,
}

/// The result of checking a task's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceCheck {
    /// The reference passes every test (for [`Cases`](crate::task::Cases): it returns for every input).
    Passes,
    /// The reference does not pass, for this reason.
    Fails(String),
    /// There is no reference.
    Missing,
}

impl Prepared {
    /// A task of which nothing is known, as tests of what is made of judgements need it.
    #[cfg(test)]
    pub(crate) fn unknown(task: &Arc<Task>) -> Self {
        blank(task)
    }

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
        names.extend(self.candidates_names());
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        names
    }

    /// `Program`: the names that the candidate answers.
    fn candidates_names(&self) -> Vec<String> {
        self.stubs.iter().chain(self.classes.iter().map(|(name, _)| name)).chain(&self.values).cloned().collect()
    }

    /// `Program`: whether there is a reference that passes, and candidates cannot be held to what it gave: so objects count anywhere.
    #[must_use]
    pub fn is_unheld(&self) -> bool {
        let is_free = self.isolation == Isolation::Reference && matches!(self.terms, Terms::Free);
        is_free && self.reference == ReferenceCheck::Passes
    }

    /// `Program`: the names that the tests use and who answers them, the candidate's first.
    #[must_use]
    pub fn answered_by(&self) -> Vec<(String, &'static str)> {
        let mut names: Vec<_> = self.candidates_names().into_iter().map(|name| (name, "candidate")).collect();
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

    /// `Cases`: the call at `index`, as a text of about `bound` characters.
    #[must_use]
    pub fn input_text(&self, index: usize, bound: usize) -> Option<String> {
        let arguments = repr(self.input(index)?, bound);
        let arguments = arguments.strip_suffix(",)").map_or(arguments.clone(), |one| format!("{one})"));
        Some(format!("{}{arguments}", self.task.entry_point))
    }

    /// `Cases`: the expected value at `index`.
    #[must_use]
    pub fn expected_value(&self, index: usize) -> Option<Value> {
        let Value::Tuple(mut items) = codec::decode(self.expected.get(index)?).ok()? else { return None };
        items.pop()
    }

    /// The fuel that the reference used for the input at `index`.
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
