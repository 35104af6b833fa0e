//! The loop: Algorithm 1.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::{
    Config, Event, Iteration, Report, Scored, Scores, SelfTrainError, Set, Stage, manifest,
    report::{Hard, Timed},
    set::check_disjoint,
};
use crate::{
    dataset::{self, DataDir},
    files::{Folder, Lock, sweep},
    journal::Log,
    layout,
    pairs::Pair,
    prompt::{Condition, Exemplars, Template},
    sampling::{LocalFiles, Plan, SampleError, Settings},
    train::Device,
};

/// Runs the loop of `config` into the folder `out`, to begin or to go on with. `stage` has the judge with the configuration's limits; `device`
/// computes training.
///
/// # Errors
///
/// A [`SelfTrainError`]; what was written before stands, and the same call goes on from there.
pub fn run(
    config: &Config,
    data: &DataDir,
    out: &Path,
    stage: &Stage<'_>,
    device: Device,
    report: &mut dyn FnMut(Event),
) -> Result<Report, SelfTrainError> {
    let open = |name: &str, most| Set::new(dataset::open(name, data)?, most);
    let train = open(&config.data.train, config.data.train_tasks)?;
    let dev = open(&config.data.dev, config.data.dev_tasks)?;
    let test = config.data.test.as_deref().map(|name| open(name, config.data.test_tasks)).transpose()?;
    let mut roles = vec![("train", &train), ("dev", &dev)];
    roles.extend(test.as_ref().map(|test| ("test", test)));
    check_disjoint(&roles.iter().map(|(_, set)| *set).collect::<Vec<_>>())?;
    let template = config.sampling.template.as_deref().map_or_else(Template::built_in, Template::load);
    let exemplars = config.sampling.exemplars.as_deref().map_or_else(Exemplars::built_in, Exemplars::load);
    let (template, exemplars) = (template.map_err(SampleError::from)?, exemplars.map_err(SampleError::from)?);
    let folder = Folder::create(out, &[], true)?;
    let _lock = Lock::folder(out)?;
    let base = LocalFiles::open(&config.model, config.sampling.plain)?;
    manifest::keep(&folder, &manifest::of(config, &base, &template, &exemplars, &roles)?)?;
    sweep(out)?;
    let run = Run { config, stage, device, folder, base, template, exemplars };
    run.go(&train, &dev, test.as_ref(), report)
}

/// A run under way.
pub(super) struct Run<'a> {
    pub(super) config: &'a Config,
    pub(super) stage: &'a Stage<'a>,
    pub(super) device: Device,
    folder: Folder,
    pub(super) base: LocalFiles,
    pub(super) template: Template,
    pub(super) exemplars: Exemplars,
}

impl Run<'_> {
    fn go(
        &self,
        train: &Set,
        dev: &Set,
        test: Option<&Set>,
        report: &mut dyn FnMut(Event),
    ) -> Result<Report, SelfTrainError> {
        let base = self.evaluate(dev, &self.evaluation(0), 0, layout::DEV, report)?;
        let (hard, first) = self.hard(train, report)?;
        let mut first = Some(first);
        let mut iterations: Vec<Iteration> = Vec::new();
        let mut all: Vec<Pair> = Vec::new();
        let mut seen = HashSet::new();
        for iteration in 0..self.config.iterations {
            let name = layout::iteration(iteration);
            let scored = if let Some(scored) = first.take() {
                scored
            } else {
                report(Event::Step(format!("iteration {iteration}: sampling and judging")));
                let settings = self.settings(iteration);
                let plan = self.plan(&hard, &settings)?;
                let ks = self.ks_of(settings.n);
                self.stage.score(&hard, &plan, &self.model(iteration), &ks, &self.path(&name), report)?
            };
            self.time(&name, &scored)?;
            let (pairs, unfaithful) = self.pairs(&hard, &scored, iteration, report)?;
            let problems = pairs.iter().map(|pair| &pair.task_id).collect::<HashSet<_>>().len();
            let learnt = if self.config.schedule.accumulate {
                all.extend(
                    pairs.into_iter().filter(|pair| seen.insert((pair.prompt.clone(), pair.completion.clone()))),
                );
                &all
            } else {
                &pairs
            };
            let training = self.train(iteration, learnt, report)?;
            let dev = self.evaluate(dev, &self.evaluation(iteration + 1), iteration + 1, layout::DEV, report)?;
            report(Event::Note(format!(
                "iteration {iteration}: {} pairs of {problems} problems; dev pass@1 {:.1} % (base {:.1} %)",
                learnt.len(),
                100.0 * dev.pass_at_1(),
                100.0 * base.pass_at_1()
            )));
            iterations.push(Iteration {
                iteration,
                train: Scores::of(&scored, &name),
                problems,
                pairs: learnt.len(),
                unfaithful,
                training,
                checkpoint: layout::checkpoint(iteration).into(),
                dev,
            });
            self.folder.write_lines(layout::METRICS, &iterations)?;
        }
        // The first of the best, so that equals do not cost iterations.
        let mut best = 0;
        let mut highest = base.pass_at_1();
        for iteration in &iterations {
            if iteration.dev.pass_at_1() > highest {
                (best, highest) = (iteration.iteration + 1, iteration.dev.pass_at_1());
            }
        }
        let checkpoint = if best == 0 { self.config.model.clone() } else { layout::checkpoint(best - 1).into() };
        let test = test.map(|test| self.test(test, best, report)).transpose()?;
        let summary = Report {
            problems: train.dataset.tasks.len(),
            hard: hard.dataset.tasks.len(),
            base,
            iterations,
            best,
            checkpoint,
            test,
        };
        self.folder.write_json(layout::SUMMARY, &summary)?;
        Ok(summary)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of P(i).
    pub(super) fn model(&self, i: usize) -> PathBuf {
        if i == 0 { self.config.model.clone() } else { self.path(&layout::checkpoint(i - 1)) }
    }

    pub(super) fn ks_of(&self, n: usize) -> Vec<u64> {
        self.config.evaluation.k.iter().copied().filter(|k| *k <= n as u64).collect()
    }

    /// The settings by which P(i) is sampled for training.
    pub(super) fn settings(&self, i: usize) -> Settings {
        let sampling = &self.config.sampling;
        Settings {
            n: sampling.n,
            temperature: sampling.temperature,
            top_p: sampling.top_p,
            top_k: sampling.top_k,
            min_p: sampling.min_p,
            max_new_tokens: sampling.max_new_tokens,
            // Different samples in every iteration, though all come from one seed.
            seed: self.seed(&format!("sampling {i}")),
            condition: Condition { trace: sampling.trace, rationale: sampling.rationale },
            shots: if i == 0 { sampling.base_shots } else { sampling.shots },
            plain: sampling.plain,
            context: sampling.context,
        }
    }

    /// The settings by which P(i) is scored on dev.
    pub(super) fn evaluation(&self, i: usize) -> Settings {
        let (settings, evaluation) = (self.settings(i), &self.config.evaluation);
        let trace = evaluation.trace.unwrap_or(settings.condition.trace);
        Settings {
            n: evaluation.n,
            temperature: evaluation.temperature,
            seed: self.seed("evaluation"),
            condition: Condition { trace, ..settings.condition },
            ..settings
        }
    }

    fn seed(&self, name: &str) -> u64 {
        crate::random::Random::named(self.config.seed, name).seed()
    }

    pub(super) fn plan<'a>(&'a self, set: &'a Set, settings: &'a Settings) -> Result<Plan<'a>, SelfTrainError> {
        Ok(Plan::new(&set.dataset, settings, &self.template, &self.exemplars)?)
    }

    /// P(i) on a set that nothing is learnt from; `what` names the folder.
    pub(super) fn evaluate(
        &self,
        set: &Set,
        settings: &Settings,
        i: usize,
        what: &str,
        report: &mut dyn FnMut(Event),
    ) -> Result<Scores, SelfTrainError> {
        report(Event::Step(format!("{}: {}", called(i), what.replace('-', " "))));
        let name = layout::evaluation(i, what);
        let plan = self.plan(set, settings)?;
        let ks = self.ks_of(settings.n);
        let scored = self.stage.score(set, &plan, &self.model(i), &ks, &self.path(&name), report)?;
        self.time(&name, &scored)?;
        Ok(Scores::of(&scored, &name))
    }

    /// Line 1: the hard problems, and the base model's samples for them, which are also the first iteration's.
    fn hard(&self, train: &Set, report: &mut dyn FnMut(Event)) -> Result<(Set, Scored), SelfTrainError> {
        report(Event::Step("iteration 0: sampling and judging all problems with the base model".into()));
        let settings = self.settings(0);
        let plan = self.plan(train, &settings)?;
        let scored = self.stage.score(
            train,
            &plan,
            &self.model(0),
            &self.ks_of(settings.n),
            &self.path(&layout::iteration(0)),
            report,
        )?;
        let counts = scored.counts();
        #[expect(clippy::cast_precision_loss, reason = "few samples a task")]
        let rate = |task: usize| counts[task].correct as f64 / counts[task].samples as f64;
        let positions: Vec<usize> =
            (0..train.dataset.tasks.len()).filter(|&task| rate(task) < self.config.filter.threshold).collect();
        let ids: Vec<&str> = positions.iter().map(|&task| train.dataset.tasks[task].id.as_str()).collect();
        self.folder.write_json(layout::HARD, &Hard { threshold: self.config.filter.threshold, tasks: ids })?;
        if positions.is_empty() {
            let (tasks, threshold) = (train.dataset.tasks.len(), self.config.filter.threshold);
            return Err(SelfTrainError::NothingHard { tasks, threshold });
        }
        report(Event::Note(format!(
            "{} of {} problems are hard: the base model's pass@1 is below {}",
            positions.len(),
            train.dataset.tasks.len(),
            self.config.filter.threshold
        )));
        let kept = scored.of_tasks(&positions, &self.ks_of(settings.n));
        Ok((train.subset(&positions)?, kept))
    }

    pub(super) fn time(&self, name: &str, scored: &Scored) -> Result<(), SelfTrainError> {
        self.clock(name, &[("sample", scored.seconds.0), ("judge", scored.seconds.1)])
    }

    /// Appends to `timings.jsonl`; nothing else in the folder depends on time.
    pub(super) fn clock(&self, name: &str, seconds: &[(&str, f64)]) -> Result<(), SelfTrainError> {
        let path = self.path(layout::TIMINGS);
        let mut log = Log::open(&path, |_| true)?;
        for (what, seconds) in seconds {
            log.append(&Timed { step: name, what, seconds: *seconds })?;
        }
        Ok(())
    }
}

/// The name of P(i).
pub(super) fn called(i: usize) -> String {
    if i == 0 { "the base model".to_owned() } else { format!("iteration {}", i - 1) }
}
