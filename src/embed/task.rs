//! Tasks, from a dataset or from parts.

use std::sync::Arc;

use super::Error;
use crate::task::{self, EntryPoints, Group, Program, TestSuite};

/// One problem with its tests. Cheap to clone.
///
/// ```
/// let task = tracewright::Task::builder("sums/1")
///     .description("Add two numbers.")
///     .entry_point("add")
///     .test("assert add(1, 2) == 3")
///     .hidden_test("assert add(-1, 1) == 0")
///     .reference("def add(a, b):\n    return a + b\n")
///     .build()?;
/// assert_eq!(task.id(), "sums/1");
/// # Ok::<(), tracewright::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Task(pub(super) Arc<task::Task>);

impl Task {
    /// Begins a task with this name.
    pub fn builder(id: impl Into<String>) -> TaskBuilder {
        TaskBuilder { id: id.into(), ..TaskBuilder::default() }
    }

    /// The task's name in its dataset.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The description: what the program should do.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.0.description
    }

    /// The function or class under test; empty where the tests alone say.
    #[must_use]
    pub fn entry_point(&self) -> &str {
        &self.0.entry_point
    }

    /// The program to repair, in repair sets.
    #[must_use]
    pub fn buggy(&self) -> Option<&str> {
        self.0.buggy.as_deref()
    }

    /// A program that passes.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// The tests that whoever writes a program may see.
    #[must_use]
    pub fn visible_tests(&self) -> &[String] {
        &self.0.visible
    }
}

/// The parts of a [`Task`].
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct TaskBuilder {
    id: String,
    description: String,
    entry_point: String,
    setup: String,
    buggy: Option<String>,
    reference: Option<String>,
    visible: Vec<String>,
    hidden: Vec<String>,
}

impl TaskBuilder {
    /// Says in natural language what the program should do.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// Names the function or class under test.
    pub fn entry_point(mut self, name: impl Into<String>) -> Self {
        self.entry_point = name.into();
        self
    }

    /// Adds a test: Python statements, most often one `assert`, that whoever writes a program may see.
    pub fn test(mut self, code: impl Into<String>) -> Self {
        self.visible.push(code.into());
        self
    }

    /// Adds a test that only the judge knows.
    pub fn hidden_test(mut self, code: impl Into<String>) -> Self {
        self.hidden.push(code.into());
        self
    }

    /// Sets trusted code that runs before the tests, such as imports that they need.
    pub fn setup(mut self, code: impl Into<String>) -> Self {
        self.setup = code.into();
        self
    }

    /// Sets the program to repair.
    pub fn buggy(mut self, code: impl Into<String>) -> Self {
        self.buggy = Some(code.into());
        self
    }

    /// Sets a program that passes. It decides what candidates may give besides data and how much fuel they get.
    pub fn reference(mut self, code: impl Into<String>) -> Self {
        self.reference = Some(code.into());
        self
    }

    /// Makes the task.
    ///
    /// # Errors
    ///
    /// The task has no tests.
    pub fn build(self) -> Result<Task, Error> {
        let Self { id, description, entry_point, setup, buggy, reference, visible, hidden } = self;
        let groups = vec![Group { name: "visible", len: visible.len() }, Group { name: "hidden", len: hidden.len() }];
        let tests = [visible.clone(), hidden].concat();
        if tests.is_empty() {
            return Err(Error::input(format!("task `{id}` has no tests")));
        }
        let suite = TestSuite::Program(Program { setup, tests, entry_points: EntryPoints::FromTests, groups });
        let prompt = String::new();
        Ok(Task(Arc::new(task::Task { id, description, entry_point, prompt, buggy, reference, visible, suite })))
    }
}
