//! The verdicts: what a judge says.

use serde::{Deserialize, Serialize};

/// A verdict on one test, or on all of them: the first that failed decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Every test passed.
    Pass,
    /// A value was not the expected one, or not plain data.
    WrongAnswer,
    /// The candidate raised, exited or overflowed the stack.
    RuntimeError,
    /// The candidate used up its fuel.
    OutOfFuel,
    /// The candidate asked for more memory than it may have.
    OutOfMemory,
    /// The candidate is not a program.
    CompileError,
    /// The candidate imports what the sandbox does not have.
    MissingModule,
}

impl Verdict {
    /// All verdicts, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::WrongAnswer,
        Self::RuntimeError,
        Self::OutOfFuel,
        Self::OutOfMemory,
        Self::CompileError,
        Self::MissingModule,
    ];

    /// Returns the verdict's name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::WrongAnswer => "wrong_answer",
            Self::RuntimeError => "runtime_error",
            Self::OutOfFuel => "out_of_fuel",
            Self::OutOfMemory => "out_of_memory",
            Self::CompileError => "compile_error",
            Self::MissingModule => "missing_module",
        }
    }

    /// Reads a name of [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// The isolation of a candidate from its tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Isolation {
    /// Apart from the candidate, who gave nothing but data: nothing of the candidate's decided what the tests saw of it.
    Split,
    /// Apart from the candidate, who gave objects, as the reference does: what their methods say is the candidate's word.
    Reference,
    /// In the candidate's instance, because the tests need its classes or hand it functions.
    Colocated,
}

/// An exception, as text that the candidate may have chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ErrorInfo {
    /// The exception's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The exception's message, bounded.
    pub message: String,
    /// The line of the candidate's program that was executing, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
}

/// One test's outcome. The texts are bounded and given for failures only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TestResult {
    /// The test's verdict.
    pub verdict: Verdict,
    /// The call or statement that failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub input: Option<String>,
    /// The text of the value that should have come out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<String>,
    /// The text of the value that came out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actual: Option<String>,
    /// The exception.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<ErrorInfo>,
    /// Whether an `out_of_fuel` is one however much fuel there were: the program came back to an earlier state, at the exception's line.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub proved: bool,
}

impl TestResult {
    /// A test that passed.
    #[must_use]
    pub const fn pass() -> Self {
        Self { verdict: Verdict::Pass, input: None, expected: None, actual: None, error: None, proved: false }
    }

    /// A test that failed with an exception.
    #[must_use]
    pub fn failed(verdict: Verdict, error: ErrorInfo) -> Self {
        Self { error: Some(error), verdict, ..Self::pass() }
    }
}
