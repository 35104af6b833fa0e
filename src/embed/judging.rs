//! A judge with its threads, its cache and its limits.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Error, Run, Task, Trace, error::of_fault};
use crate::{
    judge::{self, Judgement, Options, Prepared, ReferenceCheck, Script},
    sandbox::{Annotations, CacheDir, Fault, Limits, Sandbox, Settings, pool},
    task,
    trace::{self, Subject},
};

/// The number of tasks whose references' findings stay in memory; those of others come from the cache again.
const TASKS_KEPT: usize = 256;
/// The bytes kept of what a program prints, of each stream.
const OUTPUT: usize = 64 << 10;
/// The memory that an instance may be given, in bytes: what the interpreter needs, and what 32 bits can address.
const MEMORY: std::ops::RangeInclusive<usize> = 64 << 20..=Limits::MAX_MEMORY;
/// The number of workers that a judge may have.
const JOBS: std::ops::RangeInclusive<usize> = 1..=512;

/// A judge of Python programs that nobody trusts.
///
/// It may be shared between threads and asked on any of them: programs run on stacks of its own. Verdicts depend on the program, the task
/// and the limits alone, not on the machine's load.
///
/// ```
/// use tracewright::{Judge, Task, Verdict};
///
/// let judge = Judge::builder().jobs(1).build()?;
/// let task = Task::builder("add").entry_point("add").test("assert add(1, 2) == 3").build()?;
///
/// let right = judge.judge(&task, "def add(a, b):\n    return a + b\n")?;
/// assert_eq!(right.verdict, Verdict::Pass);
/// let endless = judge.judge(&task, "def add(a, b):\n    return add(a, b)\n")?;
/// assert_eq!(endless.verdict, Verdict::RuntimeError);
/// # Ok::<(), tracewright::Error>(())
/// ```
#[derive(Debug)]
pub struct Judge {
    inner: judge::Judge,
    jobs: usize,
    known: Mutex<VecDeque<Known>>,
}

/// A task and what its reference showed, once that is known.
#[derive(Debug, Clone)]
struct Known {
    task: Arc<task::Task>,
    prepared: Arc<Mutex<Option<Prepared>>>,
}

impl Judge {
    /// Begins a judge with the usual limits.
    pub fn builder() -> JudgeBuilder {
        JudgeBuilder { cache: None, jobs: None, options: Options::default() }
    }

    /// Judges one program.
    ///
    /// # Errors
    ///
    /// A failure of the machine or the sandbox. Whatever the program does is part of the judgement.
    pub fn judge(&self, task: &Task, code: &str) -> Result<Judgement, Error> {
        // With one stack for all that there is to do.
        pool::run_one(|| self.judge_here(task, code)).and_then(|judged| judged).map_err(of_fault)
    }

    /// Judges many programs on all workers and hands each judgement to `each`, with its position, in the order of the programs, until `each`
    /// breaks. Programs are taken from the iterator as workers become free.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use tracewright::{Judge, Task, Verdict};
    ///
    /// let judge = Judge::builder().build()?;
    /// let task = Task::builder("double").entry_point("f").test("assert f(4) == 8").build()?;
    /// let programs = (1..=4).map(|factor| (task.clone(), format!("def f(x):\n    return x * {factor}\n")));
    /// let found = judge.judge_many(programs, |position, judged| match judged {
    ///     Ok(judged) if judged.verdict == Verdict::Pass => ControlFlow::Break(position),
    ///     _ => ControlFlow::Continue(()),
    /// })?;
    /// assert_eq!(found, Some(1));
    /// # Ok::<(), tracewright::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No worker could be started. What goes wrong with one program is handed to `each`.
    pub fn judge_many<B, C: AsRef<str> + Send>(
        &self,
        programs: impl IntoIterator<Item = (Task, C)>,
        mut each: impl FnMut(usize, Result<Judgement, Error>) -> ControlFlow<B>,
    ) -> Result<Option<B>, Error> {
        let one = |(task, code): (Task, C)| self.judge_here(&task, code.as_ref());
        pool::in_order(self.jobs, programs.into_iter(), one, |position, judged| {
            each(position, judged.map_err(of_fault))
        })
        .map_err(of_fault)
    }

    /// Says whether a task's reference passes its tests.
    ///
    /// # Errors
    ///
    /// The errors of [`judge`](Self::judge).
    pub fn check(&self, task: &Task) -> Result<ReferenceCheck, Error> {
        let prepared = pool::run_one(|| self.prepared(task)).and_then(|prepared| prepared).map_err(of_fault)?;
        Ok(prepared.reference)
    }

    /// Runs a program as a script, with this on its standard input.
    ///
    /// ```
    /// let judge = tracewright::Judge::builder().build()?;
    /// let run = judge.run("print(input()[::-1])", "abc")?;
    /// assert_eq!((run.error, run.stdout), (None, b"cba\n".to_vec()));
    /// # Ok::<(), tracewright::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`judge`](Self::judge).
    pub fn run(&self, code: &str, stdin: impl Into<Vec<u8>>) -> Result<Run, Error> {
        let options = self.inner.options();
        let limits = Limits { fuel: options.fuel_floor, memory: options.memory, output: OUTPUT };
        let script =
            Script::run(self.inner.sandbox(), &limits, options.annotations, ("program.py", code), stdin.into());
        script.map(Run::of).map_err(of_fault)
    }

    /// Traces a program and the code that follows it, such as a call or an `assert`.
    ///
    /// ```
    /// let judge = tracewright::Judge::builder().build()?;
    /// let trace = judge.trace("def f(x):\n    y = x + 1\n    return y\n", "f(1)")?;
    /// assert!(trace.annotated().contains("y = x + 1  # (1) y=2;"), "{}", trace.annotated());
    /// # Ok::<(), tracewright::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`judge`](Self::judge).
    pub fn trace(&self, code: &str, call: &str) -> Result<Trace, Error> {
        let Options { fuel_floor, memory, annotations, .. } = *self.inner.options();
        let options = trace::Options { fuel: fuel_floor, memory, annotations, ..trace::Options::default() };
        let text = Subject::alone(code).text(call);
        trace::record(self.inner.sandbox(), &text, &options).map(Trace).map_err(of_fault)
    }

    pub(super) fn inner(&self) -> &judge::Judge {
        &self.inner
    }

    pub(super) fn jobs(&self) -> usize {
        self.jobs
    }

    fn judge_here(&self, task: &Task, code: &str) -> Result<Judgement, Fault> {
        self.inner.judge(&self.prepared(task)?, code)
    }

    /// Returns the things that judging the task needs, found out once.
    fn prepared(&self, task: &Task) -> Result<Prepared, Fault> {
        let entry = self.known(task).prepared;
        // Whoever comes meanwhile waits for it; another task's does not.
        let mut prepared = entry.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prepared) = &*prepared {
            return Ok(prepared.clone());
        }
        Ok(prepared.insert(self.inner.prepare(&task.0)?).clone())
    }

    fn known(&self, task: &Task) -> Known {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(|known| Arc::ptr_eq(&known.task, &task.0)) {
            return known.clone();
        }
        let new = Known { task: Arc::clone(&task.0), prepared: Arc::default() };
        known.push_back(new.clone());
        if known.len() > TASKS_KEPT {
            known.pop_front();
        }
        new
    }
}

/// The settings of a [`Judge`].
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct JudgeBuilder {
    cache: Option<PathBuf>,
    jobs: Option<usize>,
    options: Options,
}

impl JudgeBuilder {
    /// Names the folder for the compiled interpreter and for what references showed; it must be one that only this user can write to. Without
    /// this, `$TRACEWRIGHT_CACHE` or the user's cache directory.
    pub fn cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }

    /// Sets the number of workers, at most 512. Without this, one a processor.
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = Some(jobs);
        self
    }

    /// Sets the fuel of a program, in about WebAssembly operators: the least that a candidate gets for its tests (20 billion without this, a
    /// second or two), and all that a script or a trace gets.
    pub fn fuel(mut self, operators: u64) -> Self {
        self.options.fuel_floor = operators;
        self
    }

    /// Sets how many times the fuel of its task's reference a candidate gets, where that is more; 4 without this.
    pub fn fuel_factor(mut self, factor: f64) -> Self {
        self.options.fuel_factor = factor;
        self
    }

    /// Sets the memory of a program in bytes, the interpreter's own 50 MiB included; 1 GiB without this.
    pub fn memory(mut self, bytes: usize) -> Self {
        self.options.memory = bytes;
        self
    }

    /// Says whether all tests of a candidate run, instead of those up to its first failure.
    pub fn all_tests(mut self, yes: bool) -> Self {
        self.options.run_all = yes;
        self
    }

    /// Says whether programs evaluate their annotations only when asked for them, as in Python 3.14.
    pub fn deferred_annotations(mut self, yes: bool) -> Self {
        self.options.annotations = if yes { Annotations::Deferred } else { Annotations::Eager };
        self
    }

    /// Starts the judge. The first start compiles the interpreter, which takes some ten seconds; later ones find it in the cache.
    ///
    /// # Errors
    ///
    /// An error of kind [`Input`](crate::ErrorKind::Input) for settings out of range, else a failure of the machine.
    pub fn build(self) -> Result<Judge, Error> {
        let Self { cache, jobs, options } = self;
        let jobs = jobs.unwrap_or_else(|| pool::default_jobs().min(*JOBS.end()));
        if !JOBS.contains(&jobs) {
            return Err(Error::input(format!("{jobs} workers: a judge has 1 to {}", JOBS.end())));
        }
        if !MEMORY.contains(&options.memory) {
            let bytes = options.memory;
            return Err(Error::input(format!("{bytes} bytes of memory: a program gets 64 MiB to 4095 MiB")));
        }
        if !(options.fuel_factor.is_finite() && options.fuel_factor >= 0.0) {
            return Err(Error::input(format!("{} is no factor of fuel", options.fuel_factor)));
        }
        let cache = cache.map_or_else(CacheDir::from_environment, CacheDir::new);
        let sandbox = Sandbox::new(&Settings { jobs, cache: cache.clone() }, &mut |_| {}).map_err(of_fault)?;
        let inner = judge::Judge::new(Arc::new(sandbox), cache, options);
        Ok(Judge { inner, jobs, known: Mutex::default() })
    }
}
