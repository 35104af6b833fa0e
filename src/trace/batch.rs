//! Traces of many tasks.

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use super::{Options, Recording, Subject, Which};
use crate::{
    sandbox::{Fault, Sandbox, pool},
    task::Task,
};

/// Records each task's buggy program, else its reference, on `jobs` workers, and hands the recordings to `sink` in the order of the
/// tasks, until it breaks.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn record_all<B>(
    sandbox: &Sandbox,
    tasks: &[Arc<Task>],
    jobs: usize,
    which: &Which,
    options: &Options,
    mut sink: impl FnMut(&Task, Vec<Recording>) -> ControlFlow<B>,
) -> Result<Option<B>, Fault> {
    let one = |index: usize| -> Result<Vec<Recording>, Fault> {
        let task = &tasks[index];
        let program = task.buggy.as_ref().or(task.reference.as_ref()).map_or("", String::as_str);
        Subject::new(sandbox, task, program)?.record(sandbox, which, options)
    };
    let mut waiting: BTreeMap<usize, Vec<Recording>> = BTreeMap::new();
    let mut next = 0;
    let stopped = pool::run(jobs, tasks.len(), one, |index, recordings| {
        match recordings {
            Ok(recordings) => drop(waiting.insert(index, recordings)),
            Err(fault) => return ControlFlow::Break(Err(fault)),
        }
        while let Some(recordings) = waiting.remove(&next) {
            if let ControlFlow::Break(value) = sink(&tasks[next], recordings) {
                return ControlFlow::Break(Ok(value));
            }
            next += 1;
        }
        ControlFlow::Continue(())
    })?;
    stopped.transpose()
}
