//! A dataset in the loop, with its traces.

use std::{cell::OnceCell, collections::HashMap};

use super::SelfTrainError;
use crate::{
    dataset::Dataset,
    sampling::{Plan, Traces},
    sandbox::Sandbox,
};

/// A dataset whose traces are recorded once, when they are first needed.
#[derive(Debug)]
pub struct Set {
    /// The tasks.
    pub dataset: Dataset,
    traces: OnceCell<Traces>,
}

impl Set {
    /// The first `most` tasks of `dataset`.
    ///
    /// # Errors
    ///
    /// None for a dataset that was opened.
    pub fn new(dataset: Dataset, most: Option<usize>) -> Result<Self, SelfTrainError> {
        let most = most.unwrap_or(usize::MAX);
        if most >= dataset.tasks.len() {
            return Ok(Self { dataset, traces: OnceCell::new() });
        }
        let positions: Vec<usize> = (0..most).collect();
        Ok(Self { dataset: dataset.subset(&positions)?, traces: OnceCell::new() })
    }

    /// The tasks at these positions, with their traces where there are any by now.
    ///
    /// # Errors
    ///
    /// A position stands twice.
    pub fn subset(&self, positions: &[usize]) -> Result<Self, SelfTrainError> {
        let traces = OnceCell::new();
        if let Some(all) = self.traces.get() {
            let some: Traces = positions.iter().map(|&position| all.get(position).cloned().flatten()).collect();
            let _ = traces.set(some);
        }
        Ok(Self { dataset: self.dataset.subset(positions)?, traces })
    }

    /// A trace a task, on its first failing test, recorded by `jobs` workers.
    ///
    /// # Errors
    ///
    /// A fault of the harness.
    pub fn traces(&self, plan: &Plan<'_>, sandbox: &Sandbox, jobs: usize) -> Result<&Traces, SelfTrainError> {
        if let Some(traces) = self.traces.get() {
            return Ok(traces);
        }
        let traces = plan.traces(sandbox, jobs)?;
        Ok(self.traces.get_or_init(|| traces))
    }

    /// The traces that were recorded.
    pub(super) fn recorded(&self) -> &[Option<std::sync::Arc<crate::trace::Recording>>] {
        self.traces.get().map_or(&[], Vec::as_slice)
    }
}

/// Refuses sets that share tasks.
pub(super) fn check_disjoint(sets: &[&Set]) -> Result<(), SelfTrainError> {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, set) in sets.iter().enumerate() {
        for task in &set.dataset.tasks {
            let content = (task.description.as_str(), task.buggy.as_deref().unwrap_or_default());
            match seen.get(&content) {
                Some(other) if *other != index => {
                    return Err(SelfTrainError::Overlap {
                        task: task.id.clone(),
                        one: set.dataset.name.clone(),
                        other: sets[*other].dataset.name.clone(),
                    });
                }
                _ => drop(seen.insert(content, index)),
            }
        }
    }
    Ok(())
}
