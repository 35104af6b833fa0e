//! The tasks that a run folder keeps, so that a report can show them wherever the folder is.

use std::{fs, io, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    dataset::Dataset,
    layout::TASKS,
    task::{EntryPoints, Group, Program, Task, TestSuite},
};

/// One task: what people and models see of it, and its reference; fields as in the native format.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Kept {
    task_id: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    entry_point: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    buggy: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default)]
    visible_tests: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    setup: String,
}

impl Kept {
    pub(super) fn of(task: &Task) -> Self {
        let setup = match &task.suite {
            TestSuite::Program(program) => program.setup.as_str(),
            TestSuite::Cases(_) => "",
        };
        Self {
            task_id: task.id.clone(),
            description: task.description.clone(),
            entry_point: task.entry_point.clone(),
            buggy: task.buggy.clone(),
            reference: task.reference.clone(),
            visible_tests: task.visible.clone(),
            setup: setup.to_owned(),
        }
    }

    fn task(self) -> Task {
        let groups = vec![Group { name: "visible", len: self.visible_tests.len() }];
        Task {
            id: self.task_id,
            description: self.description,
            entry_point: self.entry_point,
            prompt: String::new(),
            buggy: self.buggy,
            reference: self.reference,
            visible: self.visible_tests.clone(),
            suite: TestSuite::Program(Program {
                setup: self.setup,
                tests: self.visible_tests,
                entry_points: EntryPoints::Named,
                groups,
            }),
        }
    }
}

/// The tasks that the run in `folder` was of, to show and to trace: of their tests only the visible ones. Nothing where the folder keeps none.
///
/// # Errors
///
/// The system's error, or what is wrong with a line.
pub fn kept_tasks(folder: &Path) -> io::Result<Option<Dataset>> {
    let text = match fs::read_to_string(folder.join(TASKS)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let task = |line: &str| serde_json::from_str::<Kept>(line).map(|kept| Arc::new(kept.task()));
    let tasks = text.lines().map(task).collect::<Result<Vec<_>, _>>()?;
    Dataset::of(TASKS, tasks, String::new()).map(Some).map_err(io::Error::other)
}
