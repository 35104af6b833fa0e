//! Tasks and their tests, as the datasets give them.

use super::Oracle;
use crate::value::Value;

/// One problem of a dataset.
#[derive(Debug, Clone)]
pub struct Task {
    /// The task's name in the dataset, as samples refer to it.
    pub id: String,
    /// A description of what the program should do, in natural language.
    pub description: String,
    /// The function (or class) under test; empty where the tests alone say.
    pub entry_point: String,
    /// The text that a *completion* is appended to; empty where completions are whole programs.
    pub prompt: String,
    /// The program to repair, in repair sets.
    pub buggy: Option<String>,
    /// A program that passes.
    pub reference: Option<String>,
    /// Tests that a model may see, as source; none of them tells more than the benchmark's own prompt.
    pub visible: Vec<String>,
    /// The task's tests.
    pub suite: TestSuite,
}

/// The tests of a task, in one of two forms.
#[derive(Debug, Clone)]
pub enum TestSuite {
    /// Inputs whose expected values come from the reference (EvalPlus).
    Cases(Cases),
    /// Test code that calls the entry point (HumanEval's `check`, MBPP's asserts).
    Program(Program),
}

impl TestSuite {
    /// The number of tests.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Cases(cases) => cases.inputs.len(),
            Self::Program(program) => program.tests.len(),
        }
    }

    /// Whether there are no tests.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The consecutive groups of the tests, reported apart.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        match self {
            Self::Cases(cases) => &cases.groups,
            Self::Program(program) => &program.groups,
        }
    }
}

/// A named run of consecutive tests: `base` and `plus`, `visible` and `hidden`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The group's name in reports.
    pub name: &'static str,
    /// The number of its tests.
    pub len: usize,
}

/// Inputs to call the entry point with.
#[derive(Debug, Clone)]
pub struct Cases {
    /// The argument tuples.
    pub inputs: Vec<Value>,
    /// The absolute tolerance; 0 asks for equality, but for floats (see [`Oracle`]).
    pub atol: f64,
    /// The rule by which an output is compared with the expected one.
    pub oracle: Oracle,
    /// The groups of the inputs.
    pub groups: Vec<Group>,
}

/// Test code.
#[derive(Debug, Clone)]
pub struct Program {
    /// The trusted source that is run first.
    pub setup: String,
    /// The statements that are run in order in one namespace.
    pub tests: Vec<String>,
    /// The names that are the candidate's.
    pub entry_points: EntryPoints,
    /// The groups of the tests.
    pub groups: Vec<Group>,
}

impl Program {
    /// Whether the tests look at what is printed.
    #[must_use]
    pub fn sees_output(&self) -> bool {
        self.tests.iter().chain([&self.setup]).any(|test| test.contains("stdout"))
    }
}

/// The names of the test code that the candidate answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryPoints {
    /// The task's entry point alone: other names are the task's own and come from its reference.
    Named,
    /// The task's entry point and these.
    Listed(Vec<String>),
    /// The task's entry point, and every name that the tests use and the reference (else the buggy program) defines at top level.
    FromTests,
}
