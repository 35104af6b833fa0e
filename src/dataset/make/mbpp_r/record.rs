//! One repair task as it is written: the fields of [`crate::dataset`]'s `mbpp-r` form, and where it came from.

use serde::Serialize;

use super::Split;
use crate::{
    judge::Verdict,
    task::{Task, TestSuite},
};

/// The origin of a buggy program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum Origin {
    /// A model's answer.
    Sample {
        /// The file it stood in.
        file: String,
        /// The sample's index among the samples of its task there, from 0.
        sample: usize,
        /// The model, where the file says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        model: Option<String>,
    },
    /// A mutant of the reference.
    Mutant {
        /// The mutation operator.
        operator: String,
        /// The line of the mistake, from 1.
        line: u32,
    },
}

/// A program that fails its tests.
pub(super) struct Failing {
    pub(super) program: String,
    pub(super) shape: [u8; 32],
    pub(super) verdict: Verdict,
}

/// A repair task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Record {
    /// The repair task's name: the MBPP task and a number.
    pub id: String,
    /// The MBPP task.
    pub task_id: String,
    /// The set it belongs to.
    pub split: Split,
    /// A description of what the program should do.
    pub text: String,
    /// The program to repair.
    pub buggy_code: String,
    /// MBPP's assertions.
    pub test_list: Vec<String>,
    /// The code to run before them.
    pub test_setup_code: String,
    /// The buggy program's verdict.
    pub verdict: Verdict,
    /// The number of candidates that were the same program.
    pub n_identical: usize,
    /// The origin of the buggy program.
    #[serde(flatten)]
    pub origin: Origin,
    /// The program's digest ([`crate::syntax::normalised`]).
    #[serde(skip)]
    pub(super) shape: [u8; 32],
}

impl Record {
    /// The record of a failing program for `task`, to be named when all of the task's are known.
    pub(super) fn new(task: &Task, split: Split, failing: Failing, origin: Origin) -> Self {
        let test_setup_code = match &task.suite {
            TestSuite::Program(program) => program.setup.clone(),
            TestSuite::Cases(_) => String::new(),
        };
        Self {
            id: String::new(),
            task_id: task.id.clone(),
            split,
            text: task.description.clone(),
            buggy_code: failing.program,
            test_list: task.visible.clone(),
            test_setup_code,
            verdict: failing.verdict,
            n_identical: 1,
            origin,
            shape: failing.shape,
        }
    }
}
