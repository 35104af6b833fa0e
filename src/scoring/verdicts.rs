//! The verdicts of a run, read back from disk: memory does not grow with the candidates.

use super::{Row, RunError};
use crate::{files::Fields, journal::Journal, judge::Verdict};

/// A candidate of a run.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The number of its job: equal programs for a task are one.
    pub(super) job: usize,
    /// The task.
    pub(super) task_id: String,
    /// The candidate's index in its task.
    pub(super) sample: usize,
    /// The other fields of the candidate's line.
    pub(super) fields: Option<Fields>,
}

/// The verdicts of all candidates, in input order; without those that met a fault.
#[derive(Debug)]
pub struct Verdicts {
    rows: Journal,
    candidates: Vec<Candidate>,
}

impl Verdicts {
    pub(super) fn new(rows: Journal, candidates: Vec<Candidate>) -> Self {
        Self { rows, candidates }
    }

    /// Whether every candidate has a verdict.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.candidates.iter().all(|candidate| self.rows.contains(candidate.job))
    }

    /// The verdict of candidate `index`, if it has one.
    ///
    /// # Errors
    ///
    /// [`RunError::Io`] where it cannot be read back from the disk.
    pub fn get(&mut self, index: usize) -> Result<Option<Row>, RunError> {
        let Some(Candidate { job, task_id, sample, fields }) = self.candidates.get(index) else { return Ok(None) };
        let Some(row) = self.rows.get::<Row>(*job)? else { return Ok(None) };
        // What was not locked, on a file system without locks, may have been written by another process too.
        if row.task_id != *task_id {
            return Err(self.rows.mixed_up(*job).into());
        }
        Ok(Some(Row { sample: *sample, same: Vec::new(), fields: fields.clone(), ..row }))
    }

    /// Hands each verdict to `each`, with its candidate's index in the input.
    ///
    /// # Errors
    ///
    /// The error that `each` returns, or [`RunError::Io`] where a verdict cannot be read back.
    pub fn for_each<E: From<RunError>>(&mut self, mut each: impl FnMut(usize, Row) -> Result<(), E>) -> Result<(), E> {
        for index in 0..self.candidates.len() {
            if let Some(row) = self.get(index)? {
                each(index, row)?;
            }
        }
        Ok(())
    }

    /// The verdict that shows most of what judging is for: of a candidate that fools the visible tests, else of any that fails.
    ///
    /// # Errors
    ///
    /// [`RunError::Io`] where one cannot be read back.
    pub fn most_telling(&mut self) -> Result<Option<Row>, RunError> {
        let (mut telling, mut failing) = (None, None);
        self.for_each(|_, row| {
            if row.verdict == Verdict::WrongAnswer && row.visible == Some(Verdict::Pass) {
                telling.get_or_insert(row);
            } else if row.verdict != Verdict::Pass {
                failing.get_or_insert(row);
            }
            Ok::<(), RunError>(())
        })?;
        Ok(telling.or(failing))
    }
}
