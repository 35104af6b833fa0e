//! The judge: runs a candidate against a task's tests and says what happened, in a way the candidate cannot forge.
//!
//! # Why a verdict is not forged
//!
//! Expected values and the comparison never enter the candidate's instance. There are two protocols:
//!
//! * [`cases`]: the candidate's instance gets inputs and reports what its function returned; the host compares with what the
//!   reference solution returned in a sandbox of its own ([`Prepared`]).
//! * [`program`]: test code runs, unmodified, in a *tester* instance that holds no candidate code. There the entry point is a
//!   stub whose calls the host routes to the candidate's instance.
//!
//! Data crosses between them ([`Value`](crate::value::Value)), decoded strictly on the way ([`crate::value::codec`]); objects with lying
//! methods, patched builtins, frame walks and early exits have nothing to reach. What is no data stays where it is and is asked by messages
//! (`remote.py` in the guest): iterators and coroutines, which give data; what a test hands the candidate to call; and the candidate's
//! objects, but those only where the reference gave an object too (its [`contract`]). A verdict says whether any did ([`Isolation`]). A
//! suite that works in no other way runs *colocated* with the candidate, and its verdicts say so.
//!
//! # Time
//!
//! A candidate's fuel limit is the larger of a floor and a factor times what the reference used ([`Options`]), so it means
//! the same on every machine at every load.

mod audit;
pub mod cases;
mod classify;
mod contract;
mod judgement;
mod options;
mod prepared;
pub mod program;
mod runner;
mod script;
mod stored;
mod verdict;

use std::sync::Arc;

pub use judgement::Judgement;
pub use options::Options;
pub use prepared::{Prepared, ReferenceCheck};
pub use script::Script;
pub use verdict::{ErrorInfo, Isolation, TestResult, Verdict};

use crate::{
    sandbox::{CacheDir, Fault, Sandbox, pool},
    task::{Task, TestSuite},
};

/// Judges candidates. Cheap to share between threads by reference. It may be asked on any thread: where that has no worker's stack, the work
/// moves to one that has ([`pool::run_one`]).
#[derive(Debug)]
pub struct Judge {
    sandbox: Arc<Sandbox>,
    cache: CacheDir,
    options: Options,
}

impl Judge {
    /// A judge over `sandbox` that keeps what it learns about tasks in `cache`.
    #[must_use]
    pub fn new(sandbox: Arc<Sandbox>, cache: CacheDir, options: Options) -> Self {
        Self { sandbox, cache, options }
    }

    /// Returns the sandbox in which candidates are judged.
    #[must_use]
    pub fn sandbox(&self) -> &Arc<Sandbox> {
        &self.sandbox
    }

    /// Returns the options by which candidates are judged.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Learns what judging `task` needs (expected values, isolation, the reference's fuel), from the cache where it can.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness. A reference that fails is not one: see [`Prepared::reference`].
    pub fn prepare(&self, task: &Arc<Task>) -> Result<Prepared, Fault> {
        pool::run_one(|| self.prepared(&self.sandbox.apart(), task))?
    }

    fn prepared(&self, sandbox: &Arc<Sandbox>, task: &Arc<Task>) -> Result<Prepared, Fault> {
        let annotations = self.options.annotations;
        if let Some(prepared) = stored::read(&self.cache, annotations, task) {
            return Ok(prepared);
        }
        let prepared = match &task.suite {
            TestSuite::Cases(suite) => cases::prepare(sandbox, annotations, task, suite),
            TestSuite::Program(suite) => program::prepare(sandbox, annotations, task, suite),
        };
        // What a reference did without memory is not its doing.
        sandbox.check_memory()?;
        let prepared = prepared?;
        stored::write(&self.cache, annotations, &prepared);
        Ok(prepared)
    }

    /// Judges one candidate, a whole program. What of a model's answer that is says the room `answer`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the harness, which is never a verdict.
    pub fn judge(&self, prepared: &Prepared, candidate: &str) -> Result<Judgement, Fault> {
        pool::run_one(|| {
            let plain = Options { audit: false, ..self.options.clone() };
            let mut judgement = self.judge_with(&plain, prepared, candidate)?;
            if self.options.audit {
                // Watching costs fuel, so the verdict is not taken from this.
                judgement.audit = self.judge_with(&self.options, prepared, candidate)?.audit;
            }
            Ok(judgement)
        })?
    }

    fn judge_with(&self, options: &Options, prepared: &Prepared, candidate: &str) -> Result<Judgement, Fault> {
        let sandbox = self.sandbox.apart();
        let judgement = match &prepared.task.suite {
            TestSuite::Cases(_) => cases::judge(&sandbox, options, prepared, candidate),
            TestSuite::Program(_) => program::judge(&sandbox, options, prepared, candidate),
        };
        sandbox.check_memory()?;
        judgement
    }
}
