//! The judgement: what a judge says of one candidate.

use std::sync::Arc;

use super::{ErrorInfo, Isolation, TestResult, Verdict, contract::Contract};
use crate::sandbox::Usage;

/// A candidate's judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Judgement {
    /// The verdict of the first test that failed, or pass.
    pub verdict: Verdict,
    /// The tests that ran, in order: up to the first failure, unless all were asked for.
    pub tests: Vec<TestResult>,
    /// The fuel and the memory that the candidate's instances used.
    pub usage: Usage,
    /// The isolation: where the tests ran, and whether the candidate gave objects.
    pub isolation: Isolation,
    /// Whether the program ran to its end and defines what the tests call; otherwise no test began.
    pub loaded: bool,
    /// The findings of the audit, where one was asked for: what the candidate tried besides solving its task.
    pub audit: Vec<String>,
    /// Whether a test changed a container that an operation on one of its objects had given: a copy, through which a test beside the
    /// candidate might have changed the object.
    pub(super) changed_copies: bool,
    /// The contract that was noted, if it was judged as a reference.
    pub(super) contract: Arc<Contract>,
}

impl Judgement {
    /// A judgement of one test, as tests of what is made of judgements need it.
    #[cfg(test)]
    pub(crate) fn of(test: TestResult) -> Self {
        Self {
            verdict: test.verdict,
            tests: vec![test],
            usage: Usage::default(),
            isolation: Isolation::Split,
            loaded: true,
            audit: Vec::new(),
            changed_copies: false,
            contract: Arc::default(),
        }
    }

    /// The verdict of a group of tests: the first failure within `start..start + len`; where the tests stopped before its end,
    /// what stopped them.
    #[must_use]
    pub fn group(&self, start: usize, len: usize) -> Verdict {
        let ran = self.tests.iter().skip(start).take(len);
        let failed = ran.map(|test| test.verdict).find(|verdict| *verdict != Verdict::Pass);
        failed.unwrap_or(if self.tests.len() >= start + len { Verdict::Pass } else { self.verdict })
    }

    /// The exception behind the verdict, where there is one.
    #[must_use]
    pub fn error(&self) -> Option<&ErrorInfo> {
        self.tests.iter().find(|test| test.verdict != Verdict::Pass)?.error.as_ref()
    }
}
