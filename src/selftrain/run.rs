//! The loop: Algorithm 1.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Config, Event, Proxy, Scored, SelfTrainError, Set, Stage,
    filter::{Filtered, filter},
    manifest, proxy,
    set::check_disjoint,
};
use crate::{
    dataset::{self, DataDir},
    folder::Folder,
    model::{Checkpoint, decode::TextTokenizer},
    pairs::{self, Pair},
    prompt::{Condition, Exemplars, Template},
    run::PassAtK,
    sample::{LocalFiles, Plan, SampleError, Settings, Traces},
    train::{self, Device, Job, Loss, Options, StepMetrics},
};

/// A model's pass@k on one set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Tasks.
    pub tasks: usize,
    /// Samples of all of them.
    pub samples: usize,
    /// Samples that pass.
    pub passing: usize,
    /// Pass@k with 95 % intervals.
    pub pass_at_k: PassAtK,
    /// The samples and their verdicts, relative to the run's folder.
    pub folder: PathBuf,
}

impl Scores {
    fn of(scored: &Scored, folder: &str) -> Self {
        Self {
            tasks: scored.summary.tasks,
            samples: scored.rows.len(),
            passing: scored.passing.iter().filter(|pass| **pass).count(),
            pass_at_k: scored.summary.pass_at_k.clone(),
            folder: folder.into(),
        }
    }

    /// Pass@1; over all tests, where a set has base and plus tests.
    #[must_use]
    pub fn pass_at_1(&self) -> f64 {
        let (PassAtK::One(estimates) | PassAtK::BasePlus { plus: estimates, .. }) = &self.pass_at_k;
        estimates.get(&1).map_or(0.0, |estimate| estimate.value)
    }
}

/// One iteration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Iteration {
    /// Which, from 0.
    pub iteration: usize,
    /// The model it samples from, on the hard problems.
    pub train: Scores,
    /// Problems with at least one pair.
    pub problems: usize,
    /// Pairs trained on.
    pub pairs: usize,
    /// Pairs left out because they contradict their trace.
    pub unfaithful: usize,
    /// What training came to.
    pub training: Training,
    /// The model it makes, relative to the run's folder.
    pub checkpoint: PathBuf,
    /// That model on dev.
    pub dev: Scores,
}

/// What training came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Steps of the optimiser.
    pub steps: usize,
    /// The loss of the last one.
    pub loss: f64,
    /// Pairs that were too long.
    pub skipped: usize,
}

/// What came of a run: `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Training problems, and how many of them are hard.
    pub problems: usize,
    /// Those that the base model solves too rarely.
    pub hard: usize,
    /// The base model on dev.
    pub base: Scores,
    /// The iterations.
    pub iterations: Vec<Iteration>,
    /// The best model by dev: 0 for the base, I for the one that iteration I - 1 made.
    pub best: usize,
    /// Where it is: relative to the run's folder, or the base checkpoint.
    pub checkpoint: PathBuf,
    /// Base and best on the test set, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<(Scores, Scores)>,
}

/// Runs the loop of `config` into the folder `out`, to begin or to go on with. `stage` has the judge with the configuration's limits.
///
/// # Errors
///
/// A [`SelfTrainError`]; what was written before stands, and the same call goes on from there.
pub fn run(
    config: &Config,
    data: &DataDir,
    out: &Path,
    stage: &Stage<'_>,
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
    let base = LocalFiles::open(&config.model)?;
    manifest::keep(&folder, &manifest::of(config, &base, &template, &exemplars, &roles)?)?;
    let ks: Vec<u64> = config.evaluation.k.iter().copied().filter(|k| *k <= config.evaluation.n as u64).collect();
    let run = Run { config, stage, folder, base, template, exemplars, ks };
    run.go(&train, &dev, test.as_ref(), report)
}

struct Run<'a> {
    config: &'a Config,
    stage: &'a Stage<'a>,
    folder: Folder,
    base: LocalFiles,
    template: Template,
    exemplars: Exemplars,
    ks: Vec<u64>,
}

impl Run<'_> {
    fn go(
        &self,
        train: &Set,
        dev: &Set,
        test: Option<&Set>,
        report: &mut dyn FnMut(Event),
    ) -> Result<Report, SelfTrainError> {
        let base = self.evaluate(dev, 0, "base-dev", "the base model on dev", report)?;
        let (hard, first) = self.hard(train, report)?;
        let mut first = Some(first);
        let mut iterations: Vec<Iteration> = Vec::new();
        let mut all: Vec<Pair> = Vec::new();
        for iteration in 0..self.config.iterations {
            let name = format!("iteration-{iteration}");
            let scored = if let Some(scored) = first.take() {
                scored
            } else {
                report(Event::Step(format!("iteration {iteration}: sampling and judging")));
                let settings = self.settings(iteration, None);
                let plan = self.plan(&hard, &settings)?;
                let ks = self.ks_of(settings.n);
                self.stage.score(&hard, &plan, &self.model(iteration), &ks, &self.path(&name), report)?
            };
            self.time(&name, &scored)?;
            let pairs = self.pairs(&hard, &scored, iteration, report)?;
            let unfaithful = pairs.1;
            let problems = pairs.0.iter().map(|pair| &pair.task_id).collect::<std::collections::HashSet<_>>().len();
            let learnt = if self.config.schedule.accumulate {
                all.extend(pairs.0.iter().filter(|pair| !all.contains(pair)).cloned().collect::<Vec<_>>());
                all.clone()
            } else {
                pairs.0
            };
            let training = self.train(iteration, &learnt, report)?;
            let dev = self.evaluate(
                dev,
                iteration + 1,
                &format!("{name}/dev"),
                &format!("iteration {iteration}: dev"),
                report,
            )?;
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
                checkpoint: format!("{name}/checkpoint").into(),
                dev,
            });
            self.folder.write_lines("metrics.jsonl", &iterations)?;
        }
        // The first of the best, so that equals do not cost iterations.
        let mut best = 0;
        let mut highest = base.pass_at_1();
        for iteration in &iterations {
            if iteration.dev.pass_at_1() > highest {
                (best, highest) = (iteration.iteration + 1, iteration.dev.pass_at_1());
            }
        }
        let checkpoint =
            if best == 0 { self.config.model.clone() } else { format!("iteration-{}/checkpoint", best - 1).into() };
        let test = match test {
            None => None,
            Some(test) => {
                let of_base = self.evaluate(test, 0, "base-test", "the base model on test", report)?;
                let of_best = if best == 0 {
                    of_base.clone()
                } else {
                    self.evaluate(test, best, "best-test", "the best model on test", report)?
                };
                Some((of_base, of_best))
            }
        };
        let summary = Report {
            problems: train.dataset.tasks.len(),
            hard: hard.dataset.tasks.len(),
            base,
            iterations,
            best,
            checkpoint,
            test,
        };
        self.folder.write_json("summary.json", &summary)?;
        Ok(summary)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of P(i).
    fn model(&self, i: usize) -> PathBuf {
        if i == 0 { self.config.model.clone() } else { self.path(&format!("iteration-{}/checkpoint", i - 1)) }
    }

    fn ks_of(&self, n: usize) -> Vec<u64> {
        self.config.evaluation.k.iter().copied().filter(|k| *k <= n as u64).collect()
    }

    /// How P(i) is sampled for training; with `evaluation`, how it is scored.
    fn settings(&self, i: usize, evaluation: Option<&str>) -> Settings {
        let (sampling, eval) = (&self.config.sampling, &self.config.evaluation);
        let trace = if evaluation.is_some() { eval.trace.unwrap_or(sampling.trace) } else { sampling.trace };
        // Different samples in every iteration, though all come from one seed.
        let name = evaluation.map_or_else(|| format!("sampling {i}"), str::to_owned);
        Settings {
            n: if evaluation.is_some() { eval.n } else { sampling.n },
            temperature: if evaluation.is_some() { eval.temperature } else { sampling.temperature },
            top_p: sampling.top_p,
            top_k: sampling.top_k,
            min_p: sampling.min_p,
            max_new_tokens: sampling.max_new_tokens,
            seed: crate::random::Random::named(self.config.seed, &name).seed(),
            condition: Condition { trace, rationale: sampling.rationale },
            shots: if i == 0 { sampling.base_shots } else { sampling.shots },
            plain: sampling.plain,
            context: sampling.context,
        }
    }

    fn plan<'a>(&'a self, set: &'a Set, settings: &'a Settings) -> Result<Plan<'a>, SelfTrainError> {
        Ok(Plan::new(&set.dataset, settings, &self.template, &self.exemplars)?)
    }

    /// P(i) on a set that nothing is learnt from.
    fn evaluate(
        &self,
        set: &Set,
        i: usize,
        name: &str,
        what: &str,
        report: &mut dyn FnMut(Event),
    ) -> Result<Scores, SelfTrainError> {
        report(Event::Step(what.to_owned()));
        let settings = self.settings(i, Some("evaluation"));
        let plan = self.plan(set, &settings)?;
        let scored = self.stage.score(set, &plan, &self.model(i), &self.ks, &self.path(name), report)?;
        self.time(name, &scored)?;
        Ok(Scores::of(&scored, name))
    }

    /// Line 1: the hard problems, and the base model's samples for them, which are also the first iteration's.
    fn hard(&self, train: &Set, report: &mut dyn FnMut(Event)) -> Result<(Set, Scored), SelfTrainError> {
        report(Event::Step("iteration 0: sampling and judging all problems with the base model".into()));
        let settings = self.settings(0, None);
        let plan = self.plan(train, &settings)?;
        let scored = self.stage.score(
            train,
            &plan,
            &self.model(0),
            &self.ks_of(settings.n),
            &self.path("iteration-0"),
            report,
        )?;
        let n = settings.n;
        #[expect(clippy::cast_precision_loss, reason = "few samples a task")]
        let rate = |task: usize| {
            let passing = scored.passing[task * n..(task + 1) * n].iter().filter(|pass| **pass).count();
            passing as f64 / n as f64
        };
        let positions: Vec<usize> =
            (0..train.dataset.tasks.len()).filter(|&task| rate(task) < self.config.filter.threshold).collect();
        let ids: Vec<&str> = positions.iter().map(|&task| train.dataset.tasks[task].id.as_str()).collect();
        self.folder.write_json("hard.json", &json!({ "threshold": self.config.filter.threshold, "tasks": ids }))?;
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
        let keep = |place: usize| positions.binary_search(&(place / n)).is_ok();
        let Scored { rows, passing, summary, seconds } = scored;
        let rows = rows.into_iter().enumerate().filter(|(place, _)| keep(*place)).map(|(_, row)| row).collect();
        let passing = passing.into_iter().enumerate().filter(|(place, _)| keep(*place)).map(|(_, pass)| pass).collect();
        Ok((train.subset(&positions)?, Scored { rows, passing, summary, seconds }))
    }

    /// Line 6: the pairs of an iteration, and how many were left out as unfaithful.
    fn pairs(
        &self,
        hard: &Set,
        scored: &Scored,
        iteration: usize,
        report: &mut dyn FnMut(Event),
    ) -> Result<(Vec<Pair>, usize), SelfTrainError> {
        let name = format!("iteration-{iteration}");
        let (file, about) = (self.path(&name).join("pairs.jsonl"), self.path(&name).join("filter.json"));
        if file.exists() && about.exists() {
            let text = fs::read_to_string(&about).map_err(SelfTrainError::file(&about))?;
            let unfaithful =
                serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|about| about["unfaithful"].as_u64());
            let format = |message: String| SelfTrainError::Format { path: file.clone(), message };
            let pairs = pairs::read(&file).map_err(|error| format(error.to_string()))?;
            return Ok((pairs, usize::try_from(unfaithful.unwrap_or(0)).unwrap_or(0)));
        }
        let mut settings = self.settings(1, None);
        // The wording of training data does not depend on the iteration.
        settings.seed = self.config.seed;
        let bare = Settings { condition: Condition { trace: false, ..settings.condition }, ..settings.clone() };
        let (plan, bare) = (self.plan(hard, &settings)?, self.plan(hard, &bare)?);
        if settings.condition.trace || self.config.filter.faithful {
            hard.traces(&plan, self.stage.sandbox, self.stage.jobs)?;
        }
        let mut filtered = filter(self.config, hard, scored, (&plan, &bare), &self.base, iteration)?;
        if filtered.pairs.is_empty() {
            let passing = scored.passing.iter().filter(|pass| **pass).count();
            let advice = if passing > 0 {
                "Raise `sampling.context` or lower `sampling.max_new_tokens`: the training prompts do not fit"
            } else {
                "Raise `filter.threshold` so that easier problems count as hard, sample more (`sampling.n`), or begin with a better \
                 checkpoint"
            };
            let (tasks, samples) = (hard.dataset.tasks.len(), scored.rows.len());
            return Err(SelfTrainError::NoPairs { iteration, tasks, samples, passing, advice });
        }
        if self.config.filter.proxy_weight > 0.0 {
            self.weigh(hard, scored, &mut filtered, &name, report)?;
        }
        let folder = Folder::create(&self.path(&name), &[], true)?;
        folder
            .write_json("filter.json", &json!({ "pairs": filtered.pairs.len(), "unfaithful": filtered.unfaithful }))?;
        folder.write_lines("pairs.jsonl", &filtered.pairs)?;
        Ok((filtered.pairs, filtered.unfaithful))
    }

    /// Weighs each pair by whether a proxy model solves its task with the rationale, against without one.
    fn weigh(
        &self,
        hard: &Set,
        scored: &Scored,
        filtered: &mut Filtered,
        name: &str,
        report: &mut dyn FnMut(Event),
    ) -> Result<(), SelfTrainError> {
        report(Event::Step(format!("{name}: weighing rationales by a proxy model")));
        let model = self.config.filter.proxy.as_deref().unwrap_or(&self.config.model);
        let settings = self.settings(1, None);
        let plan = self.plan(hard, &settings)?;
        let traces: Traces = if settings.condition.trace {
            hard.traces(&plan, self.stage.sandbox, self.stage.jobs)?.clone()
        } else {
            Traces::new()
        };
        let n = scored.rows.len() / hard.dataset.tasks.len();
        let with: Vec<(usize, usize, &str)> = filtered
            .places
            .iter()
            .map(|(task, place)| (*task, place % n, scored.rows[*place].rationale.as_str()))
            .collect();
        let wording = (&self.template, &self.exemplars);
        let folder = self.path(name).join("proxy");
        let with = proxy(
            self.stage,
            &Proxy::Local(model),
            &hard.dataset,
            &traces,
            &with,
            &settings,
            wording,
            &[1],
            &folder,
            report,
        )?;
        let without = Settings {
            n: 1,
            temperature: 0.0,
            condition: Condition { rationale: false, ..settings.condition },
            ..settings.clone()
        };
        let plan = self.plan(hard, &without)?;
        let without = self.stage.score(hard, &plan, model, &[1], &self.path(name).join("proxy-alone"), report)?;
        for ((pair, (task, _)), with) in filtered.pairs.iter_mut().zip(&filtered.places).zip(&with.passing) {
            let uplift = f64::from(u8::from(*with)) - f64::from(u8::from(without.passing[*task]));
            #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
            let weight = (1.0 + self.config.filter.proxy_weight * uplift).max(0.1) as f32;
            pair.weight = weight;
        }
        Ok(())
    }

    /// Line 8: fine-tunes, once.
    fn train(
        &self,
        iteration: usize,
        learnt: &[Pair],
        report: &mut dyn FnMut(Event),
    ) -> Result<Training, SelfTrainError> {
        let folder = self.path(&format!("iteration-{iteration}"));
        let (about, out) = (folder.join("training.json"), folder.join("checkpoint"));
        if about.exists() && out.exists() {
            let text = fs::read_to_string(&about).map_err(SelfTrainError::file(&about))?;
            let wrong =
                |error: serde_json::Error| SelfTrainError::Format { path: about.clone(), message: error.to_string() };
            return serde_json::from_str(&text).map_err(wrong);
        }
        report(Event::Step(format!("iteration {iteration}: training on {} pairs", learnt.len())));
        let start = Instant::now();
        let source = if self.config.schedule.continue_from_last { self.model(iteration) } else { self.model(0) };
        let checkpoint = Checkpoint::open(&source).map_err(crate::sample::LocalError::from)?;
        let tokenizer = TextTokenizer::open(&source).map_err(crate::sample::LocalError::from)?;
        let examples = train::examples(learnt, &tokenizer, &checkpoint, Loss::Completion)?;
        let options = Options { seed: self.config.train.seed ^ self.config.seed, ..self.config.train.clone() };
        let job = Job {
            checkpoint: &checkpoint,
            examples: &examples,
            dev: &[],
            options: &options,
            run: &folder.join("training"),
            out: &out,
            device: Device::flex(),
        };
        let outcome = train::train(&job, &mut Watch(report))?;
        let training = Training { steps: outcome.steps, loss: outcome.loss, skipped: outcome.skipped };
        Folder::create(&folder, &[], true)?.write_json("training.json", &training)?;
        // Three times the size of the weights, and of no use any more.
        for name in ["state.safetensors", "best.safetensors"] {
            let _ = fs::remove_file(folder.join("training").join(name));
        }
        self.clock(&format!("iteration-{iteration}"), &[("train", start.elapsed().as_secs_f64())])?;
        Ok(training)
    }

    fn time(&self, name: &str, scored: &Scored) -> Result<(), SelfTrainError> {
        self.clock(name, &[("sample", scored.seconds.0), ("judge", scored.seconds.1)])
    }

    /// Appends to `timings.jsonl`; nothing else in the folder depends on time.
    fn clock(&self, name: &str, seconds: &[(&str, f64)]) -> Result<(), SelfTrainError> {
        let path = self.path("timings.jsonl");
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let mut file = file.map_err(SelfTrainError::file(&path))?;
        for (what, seconds) in seconds {
            let line = json!({ "step": name, "what": what, "seconds": seconds });
            writeln!(file, "{line}").map_err(SelfTrainError::file(&path))?;
        }
        Ok(())
    }
}

/// Hands a training's steps on.
struct Watch<'a>(&'a mut dyn FnMut(Event));

impl train::Progress for Watch<'_> {
    fn step(&mut self, metrics: &StepMetrics) {
        (self.0)(Event::Training(metrics.clone()));
    }

    fn resumed(&mut self, step: usize) {
        (self.0)(Event::Note(format!("training goes on after step {step}")));
    }
}
