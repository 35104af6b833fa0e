//! Datasets by name, by path, or of tasks made by hand.

use std::{path::Path, sync::Arc};

use super::{Error, Task, error::of_dataset};
use crate::dataset::{self, DataDir};

/// A list of tasks with a name.
///
/// ```
/// let dataset = tracewright::Dataset::open("mini", "data")?;
/// assert!(dataset.tasks().all(|task| task.reference().is_some()));
/// # Ok::<(), tracewright::Error>(())
/// ```
#[derive(Debug)]
pub struct Dataset(pub(super) dataset::Dataset);

impl Dataset {
    /// Opens a dataset: a name that `tracewright dataset list` shows, or a path to a file of any of the published formats or the native
    /// one. Named sets but the bundled `mini` are looked for in the folder `data`.
    ///
    /// # Errors
    ///
    /// An error of kind [`Input`](crate::ErrorKind::Input): there is no such dataset, or its file is not what it should be.
    pub fn open(name_or_path: &str, data: impl AsRef<Path>) -> Result<Self, Error> {
        let data = DataDir::new(Some(data.as_ref().to_owned()));
        dataset::open(name_or_path, &data).map(Self).map_err(of_dataset)
    }

    /// Makes a dataset of tasks.
    ///
    /// # Errors
    ///
    /// Two tasks have one name.
    pub fn of(name: &str, tasks: impl IntoIterator<Item = Task>) -> Result<Self, Error> {
        let tasks: Vec<Arc<_>> = tasks.into_iter().map(|task| task.0).collect();
        // Run folders know a dataset by its content.
        let mut hasher = blake3::Hasher::new();
        for task in &tasks {
            hasher.update(format!("{task:?}\n").as_bytes());
        }
        let digest = hasher.finalize().to_hex().to_string();
        dataset::Dataset::of(name, tasks, digest).map(Self).map_err(of_dataset)
    }

    /// The name it was asked for by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The dataset's tasks, in order.
    #[must_use]
    pub fn tasks(&self) -> impl ExactSizeIterator<Item = Task> + '_ {
        self.0.tasks.iter().map(|task| Task(Arc::clone(task)))
    }

    /// The task of this name, or of the one that another release of the same benchmark gives it.
    #[must_use]
    pub fn task(&self, id: &str) -> Option<Task> {
        self.0.position(id).map(|position| Task(Arc::clone(&self.0.tasks[position])))
    }
}
