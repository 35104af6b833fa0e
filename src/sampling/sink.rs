//! The sink of finished samples.

use std::{collections::HashMap, ops::ControlFlow};

use super::{Asked, Outcome, Plan, Row, SampleError, SampleFile};
use crate::{
    answer::{self, Answer, Extracted, Extractor, Sanitize},
    sandbox::{Fault, pool},
    task::Task,
};

/// An event of sampling, told while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A note: something that a person should know.
    Note(String),
    /// So many samples of so many are there, some of them since an earlier run.
    Sampled {
        /// The number of samples that are there now.
        done: usize,
        /// The number of samples that were there at the beginning.
        resumed: usize,
        /// The number of samples in all.
        total: usize,
    },
}

/// Writes rows as they come and tells how far it is.
pub struct Sink<'a> {
    plan: &'a Plan<'a>,
    file: SampleFile,
    run: String,
    tasks: HashMap<&'a str, usize>,
    resumed: usize,
    error: Option<SampleError>,
    extractor: &'a Extractor<'a>,
    report: &'a mut dyn FnMut(Event),
}

impl<'a> Sink<'a> {
    /// A sink for the run with this digest into `file`; `extractor` reads the rationale and the fix out of answers.
    #[must_use]
    pub fn new(
        plan: &'a Plan<'a>,
        run: String,
        file: SampleFile,
        extractor: &'a Extractor<'a>,
        report: &'a mut dyn FnMut(Event),
    ) -> Self {
        let tasks = plan.dataset.tasks.iter().enumerate().map(|(place, task)| (task.id.as_str(), place)).collect();
        let resumed = file.written();
        Self { plan, file, run, tasks, resumed, error: None, extractor, report }
    }

    /// Samples of a task that are not there yet.
    pub(super) fn missing(&self, task: usize) -> Vec<usize> {
        let places = self.plan.places(task);
        let first = places.start;
        places.filter(|place| !self.file.has(*place)).map(|place| place - first).collect()
    }

    /// The number of samples there are.
    pub(super) fn written(&self) -> usize {
        self.file.written()
    }

    /// Tells a person something.
    pub fn note(&mut self, text: String) {
        (self.report)(Event::Note(text));
    }

    /// Keeps an answer to the task called `key`, which was asked as `asked` has it.
    pub(super) fn take(
        &mut self,
        key: &str,
        sample: usize,
        asked: &[Option<Asked>],
        outcome: Outcome,
    ) -> ControlFlow<()> {
        let task = self.tasks.get(key).copied();
        let Some((task, asked)) = task.and_then(|task| Some((task, asked[task].as_ref()?))) else {
            return ControlFlow::Continue(());
        };
        let (answer, problem) = (asked.prompt.answer(&outcome.text), &self.plan.dataset.tasks[task]);
        match self.extract(&answer, problem) {
            Ok(extracted) => {
                let row = Row::new(problem, sample, answer, extracted, outcome, &self.run);
                self.put(task, sample, &row)
            }
            Err(fault) => {
                self.error = Some(fault.into());
                ControlFlow::Break(())
            }
        }
    }

    /// Notes that there will be no samples of the task called `key`.
    pub(super) fn refuse(&mut self, key: &str, samples: &[usize], why: &str) -> ControlFlow<()> {
        let Some(&task) = self.tasks.get(key) else { return ControlFlow::Continue(()) };
        self.note(format!("note: {key} is refused: {why}"));
        samples.iter().try_for_each(|&sample| {
            let row = Row::refused(&self.plan.dataset.tasks[task], sample, why, &self.run);
            self.put(task, sample, &row)
        })
    }

    /// The rationale and the fix, read on a thread with a worker's stack.
    fn extract(&self, answer: &str, task: &Task) -> Result<Extracted, Fault> {
        let names = Some(task.entry_point.clone()).filter(|name| !name.is_empty()).into_iter().collect();
        let asked = answer::Asked { names, prompt: "", buggy: task.buggy.as_deref() };
        let answer = Answer::program(answer);
        pool::run_one(|| self.extractor.extract(&answer, &asked, Sanitize::Auto))?
    }

    fn put(&mut self, task: usize, sample: usize, row: &Row) -> ControlFlow<()> {
        if let Err(error) = self.file.put(self.plan.places(task).start + sample, row) {
            self.error = Some(error.into());
            return ControlFlow::Break(());
        }
        let total = self.plan.dataset.tasks.len() * self.plan.settings.n;
        (self.report)(Event::Sampled { done: self.file.written(), resumed: self.resumed, total });
        ControlFlow::Continue(())
    }

    /// The number of samples there are, and how many of them were refused.
    ///
    /// # Errors
    ///
    /// The reason why a row could not be made or written.
    pub fn finish(self) -> Result<(usize, usize), SampleError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let counts = (self.file.written(), self.file.refused());
        self.file.finish()?;
        Ok(counts)
    }
}
