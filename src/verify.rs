//! `dataset verify`: before a dataset is scored, every reference should pass and every buggy program should fail.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    dataset::Dataset,
    judge::{Isolation, Judge, ReferenceCheck, Task, Verdict},
    sandbox::Fault,
};

/// What was found of one task.
#[derive(Debug, Clone)]
pub struct Check {
    task: String,
    reference: ReferenceCheck,
    buggy: Option<Verdict>,
    isolation: Isolation,
    by_reference: bool,
}

/// Checks one task with `judge`.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn check(judge: &Judge, task: &Arc<Task>) -> Result<Check, Fault> {
    let prepared = judge.prepare(task)?;
    let buggy = match &task.buggy {
        Some(buggy) => Some(judge.judge(&prepared, buggy)?.verdict),
        None => None,
    };
    Ok(Check {
        task: task.id.clone(),
        reference: prepared.reference,
        buggy,
        isolation: prepared.isolation,
        by_reference: prepared.by_reference,
    })
}

/// What was found of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The dataset.
    pub dataset: String,
    /// Its tasks.
    pub tasks: usize,
    /// Tasks with a reference.
    pub references: usize,
    /// References that pass.
    pub references_passing: usize,
    /// Tasks with a buggy program.
    pub buggy: usize,
    /// Buggy programs that fail.
    pub buggy_failing: usize,
    /// Tasks whose tests run beside the candidate.
    pub colocated: usize,
    /// Tasks whose calls are by reference.
    pub by_reference: usize,
    /// The names of the colocated.
    pub colocated_tasks: Vec<String>,
    /// What is not as it should be.
    pub exceptions: Vec<Exception>,
}

/// One task that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The task.
    pub task: String,
    /// In what way.
    pub reason: String,
}

impl Report {
    /// Sums up the checks of `dataset`'s tasks, in their order.
    pub fn new(dataset: &Dataset, checks: impl IntoIterator<Item = Check>) -> Self {
        let mut report = Self {
            dataset: dataset.name.clone(),
            tasks: 0,
            references: 0,
            references_passing: 0,
            buggy: 0,
            buggy_failing: 0,
            colocated: 0,
            by_reference: 0,
            colocated_tasks: Vec::new(),
            exceptions: Vec::new(),
        };
        for check in checks {
            report.tasks += 1;
            report.by_reference += usize::from(check.by_reference && check.isolation == Isolation::Split);
            if check.isolation == Isolation::Colocated {
                report.colocated += 1;
                report.colocated_tasks.push(check.task.clone());
            }
            let mut exception = |reason: String| report.exceptions.push(Exception { task: check.task.clone(), reason });
            match &check.reference {
                ReferenceCheck::Passes => report.references_passing += 1,
                ReferenceCheck::Fails(why) => exception(format!("the reference fails: {why}")),
                ReferenceCheck::Missing => {}
            }
            report.references += usize::from(check.reference != ReferenceCheck::Missing);
            match check.buggy {
                Some(Verdict::Pass) => exception("the buggy program passes".to_owned()),
                Some(_) => report.buggy_failing += 1,
                None => {}
            }
            report.buggy += usize::from(check.buggy.is_some());
        }
        report
    }
}
