//! The executor: the thing that a run judges with.

use std::{fmt::Debug, sync::Arc};

use crate::{
    answer::{Extractor, Sanitize},
    candidates::Sample,
    judge::{Judge, Judgement, Options, Prepared, TestResult, Verdict},
    sandbox::Fault,
    task::Task,
};

/// A function that judges samples of prepared tasks, on any worker.
pub type JudgeSample<'a> = Box<dyn Fn(&Prepared, &Sample) -> Result<Judgement, Fault> + Sync + 'a>;

/// Something that prepares tasks and judges samples: a [`Judge`], or in tests what plays one.
pub trait Executor: Debug + Sync {
    /// The options of judging: part of a run's identity.
    fn options(&self) -> &Options;

    /// Learns what judging a task needs.
    ///
    /// # Errors
    ///
    /// A [`Fault`], which ends the run.
    fn prepare(&self, task: &Arc<Task>) -> Result<Prepared, Fault>;

    /// Returns the judge of one run's samples. A [`Fault`] costs a sample its verdict; [`Fault::Memory`] ends the run.
    fn judging(&self, sanitize: Sanitize) -> JudgeSample<'_>;
}

impl Executor for Judge {
    fn options(&self) -> &Options {
        self.options()
    }

    fn prepare(&self, task: &Arc<Task>) -> Result<Prepared, Fault> {
        self.prepare(task)
    }

    fn judging(&self, sanitize: Sanitize) -> JudgeSample<'_> {
        let extractor = Extractor::new(self.sandbox());
        Box::new(move |task, sample| {
            let program = extractor.program(&sample.answer, &sample.asked(task), sanitize)?;
            Ok(as_cpython_would(sample, &program, self.judge(task, &program)?))
        })
    }
}

/// The judgement as CPython would have it, of a program with something in it that is no text: where the damage is in the program itself,
/// and not in what an answer says around it, nothing compiles.
fn as_cpython_would(sample: &Sample, program: &str, mut judgement: Judgement) -> Judgement {
    if let Some(error) = sample.damage.as_ref().and_then(|damage| damage.of(program)) {
        judgement.verdict = Verdict::CompileError;
        judgement.tests = vec![TestResult::failed(Verdict::CompileError, error)];
    }
    judgement
}
