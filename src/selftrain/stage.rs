//! One step of sampling and judging: what `sample` and `score` do, into one folder.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use super::{Config, SelfTrainError, Set};
use crate::{
    answer::{Extractor, Sanitize},
    candidates::{self, Samples},
    dataset::Dataset,
    journal,
    judge::{Judge, Options, Verdict},
    layout,
    model::{Device, LoadOptions, Weights, decode::Speculation},
    sampling::{self, Batch, LocalRun, Plan, Row, Traces},
    scoring::{self, PassAtK, Request, RunError, Summary},
    stats::{Count, mean_pass_at_k},
    train::StepMetrics,
};

/// An event that a run tells of while it goes on.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// A step begins.
    Step(String),
    /// Sampling.
    Sampling(sampling::Event),
    /// Judging.
    Judging(scoring::Event),
    /// A step of the optimiser.
    Training(StepMetrics),
    /// A note: something that a person should know.
    Note(String),
}

/// The stage of a run: what sampling and judging need besides a plan.
pub struct Stage<'a> {
    /// The judge.
    pub judge: &'a Judge,
    /// Worker threads of sandboxes.
    pub jobs: usize,
    /// The options by which models are loaded.
    pub load: LoadOptions,
    /// The way in which decoding goes about it.
    pub batch: Batch,
}

/// Samples with their verdicts.
#[derive(Debug)]
pub struct Scored {
    /// The samples, in the order of tasks and indices.
    pub rows: Vec<Row>,
    /// Whether each sample passes.
    pub passing: Vec<bool>,
    /// The number of tasks.
    pub tasks: usize,
    /// Pass@k over them.
    pub pass_at_k: PassAtK,
    /// The seconds that sampling and judging took now; a resumed step counts what was left of it.
    pub seconds: (f64, f64),
}

impl Scored {
    /// The number of samples that pass.
    pub(super) fn count_passing(&self) -> usize {
        self.passing.iter().filter(|pass| **pass).count()
    }

    /// Samples, and those that pass, task by task.
    pub(super) fn counts(&self) -> Vec<Count> {
        let n = self.rows.len() / self.tasks.max(1);
        let count = |passing: &[bool]| Count {
            samples: passing.len() as u64,
            correct: passing.iter().filter(|pass| **pass).count() as u64,
        };
        self.passing.chunks(n.max(1)).map(count).collect()
    }

    /// The samples of the tasks at these positions alone.
    pub(super) fn of_tasks(self, positions: &[usize], ks: &[u64]) -> Self {
        let n = self.rows.len() / self.tasks.max(1);
        let counts = self.counts();
        let counts: Vec<Count> = positions.iter().map(|&task| counts[task]).collect();
        let pass_at_k = ks.iter().filter_map(|&k| Some((k, mean_pass_at_k(&counts, k)?))).collect();
        let kept: HashSet<usize> = positions.iter().copied().collect();
        let (rows, passing) = self
            .rows
            .into_iter()
            .zip(self.passing)
            .enumerate()
            .filter(|(place, _)| kept.contains(&(place / n.max(1))))
            .map(|(_, sample)| sample)
            .unzip();
        Self { rows, passing, tasks: positions.len(), pass_at_k: PassAtK::One(pass_at_k), seconds: self.seconds }
    }
}

impl Config {
    /// The limits that candidates are judged by.
    #[must_use]
    pub fn judging(&self) -> Options {
        Options { fuel_floor: self.judge.fuel, memory: self.judge.memory << 20, ..Options::default() }
    }
}

impl<'a> Stage<'a> {
    /// The stage of a run of `config`: with so many workers and threads, sampling on `device`, and files of the program's own in `cache`.
    #[must_use]
    pub fn of(
        config: &Config,
        judge: &'a Judge,
        (jobs, threads): (usize, usize),
        device: Device,
        cache: &Path,
    ) -> Self {
        let sampling = &config.sampling;
        let load = LoadOptions {
            device,
            threads,
            weights: Weights::Stored,
            context: sampling.context,
            cache: cache.to_owned(),
        };
        let speculation = if sampling.speculation { Speculation::default() } else { Speculation::OFF };
        Self { judge, jobs, load, batch: Batch { slots: sampling.batch, speculation } }
    }
}

impl Stage<'_> {
    /// Samples the model in `model` for `plan`, whose dataset is that of `set`, into `folder/samples.jsonl`, and judges the samples into
    /// `folder/verdicts`.
    ///
    /// # Errors
    ///
    /// A [`SelfTrainError`]; what was written before stands.
    pub fn score(
        &self,
        set: &Set,
        plan: &Plan<'_>,
        model: &Path,
        ks: &[u64],
        folder: &Path,
        report: &mut dyn FnMut(Event),
    ) -> Result<Scored, SelfTrainError> {
        let start = Instant::now();
        let file = self
            .sample(plan, model, folder, report, || Ok(set.traces(plan, self.judge.sandbox(), self.jobs)?.clone()))?;
        let sampled = start.elapsed().as_secs_f64();
        let rows = journal::read_all(&file)?;
        let samples = candidates::read(&file.to_string_lossy(), plan.dataset)?;
        let (passing, summary) = self.judge(plan.dataset, &samples, ks, false, &folder.join(layout::JUDGED), report)?;
        let seconds = (sampled, start.elapsed().as_secs_f64() - sampled);
        Ok(Scored { rows, passing, tasks: summary.tasks, pass_at_k: summary.pass_at_k, seconds })
    }

    /// The sampling half.
    pub(super) fn sample(
        &self,
        plan: &Plan<'_>,
        model: &Path,
        folder: &Path,
        report: &mut dyn FnMut(Event),
        traces: impl FnOnce() -> Result<Traces, SelfTrainError>,
    ) -> Result<PathBuf, SelfTrainError> {
        fs::create_dir_all(folder).map_err(SelfTrainError::file(folder))?;
        let file = folder.join(layout::SAMPLES);
        let local = LocalRun::open(plan, model, self.load.clone(), &file, false)?;
        let traces = if local.is_open() && plan.settings.condition.trace { traces()? } else { Traces::new() };
        let extractor = Extractor::new(self.judge.sandbox());
        local.go(&traces, &self.batch, &extractor, &mut |event| report(Event::Sampling(event)))?;
        Ok(file)
    }

    /// The judging half: whether each sample passes, and the numbers, over all tasks or over those that have samples.
    pub(super) fn judge(
        &self,
        dataset: &Dataset,
        samples: &Samples,
        ks: &[u64],
        allow_partial: bool,
        folder: &Path,
        report: &mut dyn FnMut(Event),
    ) -> Result<(Vec<bool>, Summary), SelfTrainError> {
        let request = Request {
            dataset,
            samples,
            judge: self.judge,
            sanitize: Sanitize::Auto,
            jobs: self.jobs,
            ks: Some(ks),
            allow_partial,
            expect: None,
            group_by: None,
            shard: None,
            folder: Some(folder),
            overwrite: false,
        };
        let mut outcome = scoring::evaluate(&request, &mut |event| report(Event::Judging(event)))?;
        if outcome.summary.faults > 0 {
            return Err(SelfTrainError::Unjudged { count: outcome.summary.faults });
        }
        let mut passing = vec![false; samples.samples.len()];
        outcome.verdicts.for_each(|index, row| {
            passing[index] = row.verdict == Verdict::Pass;
            Ok::<(), RunError>(())
        })?;
        Ok((passing, outcome.summary))
    }
}
