//! `dataset verify`: before a dataset is scored, every reference should pass and every buggy program should fail.

use std::{ops::ControlFlow, sync::Arc};

use serde::Serialize;

use super::Dataset;
use crate::{
    judge::{Isolation, Judge, ReferenceCheck, Verdict},
    sandbox::{Fault, pool},
    task::Task,
};

/// The check of one task: what its reference and its buggy program do.
#[derive(Debug, Clone)]
struct Check {
    task: String,
    reference: ReferenceCheck,
    buggy: Option<Verdict>,
    isolation: Isolation,
    is_unheld: bool,
    names: Vec<(String, &'static str)>,
}

/// Checks all tasks of a dataset with `judge` on `jobs` workers; `progress` is told how many are done.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn verify(judge: &Judge, dataset: &Dataset, jobs: usize, progress: &mut dyn FnMut(usize)) -> Result<Report, Fault> {
    let mut done = 0;
    let total = dataset.tasks.len();
    let mut checks = vec![None; total];
    let stopped = pool::run(
        jobs,
        total,
        |index| check(judge, &dataset.tasks[index]),
        |index, check| {
            done += 1;
            progress(done);
            match check {
                Ok(check) => {
                    checks[index] = Some(check);
                    ControlFlow::Continue(())
                }
                Err(fault) => ControlFlow::Break(fault),
            }
        },
    )?;
    match stopped {
        Some(fault) => Err(fault),
        None => Ok(Report::new(dataset, checks.into_iter().flatten())),
    }
}

/// Checks one task with `judge`.
fn check(judge: &Judge, task: &Arc<Task>) -> Result<Check, Fault> {
    let prepared = judge.prepare(task)?;
    let buggy = match &task.buggy {
        Some(buggy) => Some(judge.judge(&prepared, buggy)?.verdict),
        None => None,
    };
    let (names, is_unheld) = (prepared.answered_by(), prepared.is_unheld());
    let isolation = prepared.isolation;
    Ok(Check { task: task.id.clone(), reference: prepared.reference, buggy, isolation, is_unheld, names })
}

/// The report on a dataset: counts, and tasks that are not as they should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The dataset.
    pub dataset: String,
    /// The dataset's tasks.
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
    /// Tasks whose reference gives objects, whose methods the tests then ask.
    pub reference: usize,
    /// Tasks without a reference: nothing shows what a candidate may give, so that its objects reach the tests anywhere.
    pub unreferenced: usize,
    /// The names of the colocated.
    pub colocated_tasks: Vec<String>,
    /// Tasks whose tests use more names than the entry point, with who answers each: `candidate` or `task`.
    pub names: serde_json::Map<String, serde_json::Value>,
    /// The tasks that are not as they should be.
    pub exceptions: Vec<Exception>,
}

/// One task that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The task.
    pub task: String,
    /// The reason why it is an exception.
    pub reason: String,
}

impl Report {
    /// Sums up the checks of `dataset`'s tasks, in their order.
    fn new(dataset: &Dataset, checks: impl IntoIterator<Item = Check>) -> Self {
        let mut report = Self {
            dataset: dataset.name.clone(),
            tasks: 0,
            references: 0,
            references_passing: 0,
            buggy: 0,
            buggy_failing: 0,
            colocated: 0,
            reference: 0,
            unreferenced: 0,
            colocated_tasks: Vec::new(),
            names: serde_json::Map::new(),
            exceptions: Vec::new(),
        };
        for check in checks {
            report.tasks += 1;
            report.reference += usize::from(check.isolation == Isolation::Reference);
            report.unreferenced += usize::from(check.reference == ReferenceCheck::Missing);
            if check.names.len() > 1 {
                let names = check.names.into_iter().map(|(name, by)| (name, by.into())).collect();
                report.names.insert(check.task.clone(), serde_json::Value::Object(names));
            }
            if check.isolation == Isolation::Colocated {
                report.colocated += 1;
                report.colocated_tasks.push(check.task.clone());
            }
            let mut exception = |reason: String| report.exceptions.push(Exception { task: check.task.clone(), reason });
            match &check.reference {
                ReferenceCheck::Passes => {
                    report.references_passing += 1;
                    if check.is_unheld {
                        exception("the reference cannot be held to the objects that it gives: those of candidates count anywhere".to_owned());
                    }
                }
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
