//! Tasks of runs and traces of their programs, as far as they can be found, for the page.

use std::{
    collections::{BTreeSet, HashMap},
    ops::ControlFlow,
    sync::Arc,
};

use super::{
    Run,
    page::{TaskSource, shown_tasks, task_sources},
};
use crate::{
    blame,
    dataset::{self, DataDir, Dataset},
    sandbox::{Fault, Sandbox},
    scoring,
    task::Task,
    trace::{Options, Recording, Which, record_all},
};

/// The most events of a trace on the page: more than anybody steps through; a program that does not end would fill megabytes.
const STEPS: usize = 5_000;

/// The tasks of the runs: what their folders keep, else the datasets that they name, as far as those can be opened.
#[must_use]
pub fn datasets(runs: &[Run], data: &DataDir, warnings: &mut Vec<String>) -> Vec<Dataset> {
    let mut opened = Vec::new();
    let mut names = BTreeSet::new();
    for TaskSource { folder, dataset } in runs.iter().flat_map(task_sources) {
        match scoring::kept_tasks(&folder) {
            Ok(Some(kept)) => opened.push(kept),
            Ok(None) => names.extend(dataset),
            Err(error) => {
                warnings.push(format!("{}: the tasks that it keeps cannot be read: {error}", folder.display()));
                names.extend(dataset);
            }
        }
    }
    for name in names {
        match dataset::open(&name, data) {
            Ok(dataset) => opened.push(dataset),
            Err(error) => warnings.push(format!(
                "the tasks are not shown, for `{name}` cannot be read ({}): say where they are with --dataset",
                blame::told(&error).lines().next().unwrap_or_default()
            )),
        }
    }
    opened
}

/// The tasks whose buggy programs the page of these runs shows with a trace.
#[must_use]
pub fn traced(datasets: &[Dataset], runs: &[Run]) -> Vec<Arc<Task>> {
    let mut wanted = shown_tasks(runs);
    let tasks = datasets.iter().flat_map(|dataset| &dataset.tasks);
    tasks.filter(|task| task.buggy.is_some() && wanted.remove(task.id.as_str())).cloned().collect()
}

/// The trace of each task's buggy program, made on `jobs` workers; `progress` is told how many are done.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn recordings(
    sandbox: &Sandbox,
    tasks: &[Arc<Task>],
    jobs: usize,
    progress: &mut dyn FnMut(usize),
) -> Result<HashMap<String, Recording>, Fault> {
    let mut recordings = HashMap::new();
    let mut done = 0;
    let options = Options { events: STEPS, ..Options::default() };
    record_all(sandbox, tasks, jobs, &Which::FirstFailing, &options, |task, mut found| {
        done += 1;
        progress(done);
        if !found.is_empty() {
            recordings.insert(task.id.clone(), found.swap_remove(0));
        }
        ControlFlow::<()>::Continue(())
    })?;
    Ok(recordings)
}
