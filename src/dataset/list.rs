//! The named datasets, as far as they are at hand.

use super::{Catalog, DataDir, DatasetError, open};
use crate::blame;

/// A named dataset and what became of looking for it.
#[derive(Debug)]
pub struct Listed {
    /// The dataset's name, with a split where it is one.
    pub name: String,
    /// The number of tasks in its files, where they could be read.
    pub tasks: Option<usize>,
    /// `ready`, `no file` or the fault of a file.
    pub state: String,
    /// A description of the dataset, in a few words.
    pub about: &'static str,
}

/// All named datasets, looked for in `directory`.
#[must_use]
pub fn list(directory: &DataDir) -> Vec<Listed> {
    let mut all = Vec::new();
    for entry in Catalog::ALL {
        for split in entry.splits {
            let name = if split.is_empty() { entry.name.to_owned() } else { format!("{}:{split}", entry.name) };
            let (tasks, state) = match open(&name, directory) {
                Ok(dataset) => (Some(dataset.tasks.len()), "ready".to_owned()),
                Err(DatasetError::NotThere { .. }) => (None, "no file".to_owned()),
                Err(error) => (None, blame::told(&error)),
            };
            all.push(Listed { name, tasks, state, about: entry.about });
        }
    }
    all
}
