//! The way from an iteration's samples to its checkpoint: lines 6 and 8 of Algorithm 1.

use std::{fs, path::Path, time::Instant};

use super::{
    Event, Proxied, Proxy, ProxyJob, Scored, SelfTrainError, Set, Training, external,
    filter::{Filtered, filter},
    proxy,
    report::Pairs,
    run::Run,
};
use crate::{
    files::Folder,
    layout,
    model::{Checkpoint, decode::TextTokenizer},
    pairs::{self, Pair},
    prompt::Condition,
    sampling::{LocalError, Settings, Traces},
    train::{self, Job, Loss, Options, StepMetrics},
};

/// The files that training leaves and nobody needs any more: three times the size of the weights.
const LEFT: [&str; 2] = [layout::STATE, layout::BEST];

impl Run<'_> {
    /// Line 6: the pairs of an iteration, and how many were left out as unfaithful.
    pub(super) fn pairs(
        &self,
        hard: &Set,
        scored: &Scored,
        iteration: usize,
        report: &mut dyn FnMut(Event),
    ) -> Result<(Vec<Pair>, usize), SelfTrainError> {
        let name = layout::iteration(iteration);
        let (file, about) = (self.path(&name).join(layout::PAIRS), self.path(&name).join(layout::FILTER));
        if file.exists() && about.exists() {
            let text = fs::read_to_string(&about).map_err(SelfTrainError::file(&about))?;
            let unfaithful =
                serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|about| about["unfaithful"].as_u64());
            let pairs = pairs::read(&file)?;
            return Ok((pairs, usize::try_from(unfaithful.unwrap_or(0)).unwrap_or(0)));
        }
        let mut settings = self.settings(1);
        // The wording of training data does not depend on the iteration.
        settings.seed = self.config.seed;
        let bare = Settings { condition: Condition { trace: false, ..settings.condition }, ..settings.clone() };
        let (plan, bare) = (self.plan(hard, &settings)?, self.plan(hard, &bare)?);
        if settings.condition.trace || self.config.filter.faithful {
            hard.traces(&plan, self.stage.judge.sandbox(), self.stage.jobs)?;
        }
        let mut filtered = filter(self.config, hard, scored, (&plan, &bare), &self.base, iteration)?;
        if filtered.pairs.is_empty() {
            let passing = scored.count_passing();
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
        folder.write_json(layout::FILTER, &Pairs { pairs: filtered.pairs.len(), unfaithful: filtered.unfaithful })?;
        folder.write_lines(layout::PAIRS, &filtered.pairs)?;
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
        let settings = self.settings(1);
        let plan = self.plan(hard, &settings)?;
        let traces: Traces = if settings.condition.trace {
            hard.traces(&plan, self.stage.judge.sandbox(), self.stage.jobs)?.clone()
        } else {
            Traces::new()
        };
        let n = scored.rows.len() / hard.dataset.tasks.len();
        let with: Vec<(usize, usize, &str)> = filtered
            .places
            .iter()
            .map(|(task, place)| (*task, place % n, scored.rows[*place].rationale.as_str()))
            .collect();
        let job = ProxyJob {
            proxy: Proxy::Local(model),
            dataset: &hard.dataset,
            traces: &traces,
            rationales: &with,
            settings: &settings,
            template: &self.template,
            exemplars: &self.exemplars,
            ks: &[1],
            allow_partial: false,
            folder: &self.path(name).join(layout::WEIGHING),
        };
        let Proxied { passing: with, .. } = proxy(self.stage, &job, report)?;
        let without = Settings {
            n: 1,
            temperature: 0.0,
            condition: Condition { rationale: false, ..settings.condition },
            ..settings.clone()
        };
        let plan = self.plan(hard, &without)?;
        let without =
            self.stage.score(hard, &plan, model, &[1], &self.path(name).join(layout::WEIGHING_ALONE), report)?;
        for ((pair, (task, _)), with) in filtered.pairs.iter_mut().zip(&filtered.places).zip(&with) {
            let uplift = f64::from(u8::from(*with)) - f64::from(u8::from(without.passing[*task]));
            #[expect(clippy::cast_possible_truncation, reason = "weights have 32 bits")]
            let weight = (1.0 + self.config.filter.proxy_weight * uplift).max(0.1) as f32;
            pair.weight = weight;
        }
        Ok(())
    }

    /// Line 8: fine-tunes, once.
    pub(super) fn train(
        &self,
        iteration: usize,
        learnt: &[Pair],
        report: &mut dyn FnMut(Event),
    ) -> Result<Training, SelfTrainError> {
        let folder = self.path(&layout::iteration(iteration));
        let (about, out) = (folder.join(layout::TRAINED), folder.join(layout::CHECKPOINT));
        if about.exists() && out.exists() {
            tidy(&folder);
            let text = fs::read_to_string(&about).map_err(SelfTrainError::file(&about))?;
            let wrong =
                |error: serde_json::Error| SelfTrainError::Format { path: about.clone(), message: error.to_string() };
            return serde_json::from_str(&text).map_err(wrong);
        }
        report(Event::Step(format!("iteration {iteration}: training on {} pairs", learnt.len())));
        let start = Instant::now();
        let source = if self.config.schedule.continue_from_last { self.model(iteration) } else { self.model(0) };
        if let Some(trainer) = &self.config.trainer {
            let training = folder.join(layout::TRAINING);
            Folder::create(&training, &[], true)?.write_lines(layout::PAIRS, learnt)?;
            trainer.train(&external::Job {
                pairs: &training.join(layout::PAIRS),
                base: &source,
                folder: &training,
                out: &out,
                seed: self.config.seed,
                iteration,
            })?;
            let training = Training { steps: None, loss: None, skipped: 0 };
            Folder::create(&folder, &[], true)?.write_json(layout::TRAINED, &training)?;
            self.clock(&layout::iteration(iteration), &[("train", start.elapsed().as_secs_f64())])?;
            return Ok(training);
        }
        let checkpoint = Checkpoint::open(&source).map_err(LocalError::from)?;
        let tokenizer = TextTokenizer::open(&source).map_err(LocalError::from)?;
        let examples = train::examples(learnt, &tokenizer, &checkpoint, Loss::Completion)?;
        let options = Options { seed: self.config.train.seed ^ self.config.seed, ..self.config.train.clone() };
        let job = Job {
            checkpoint: &checkpoint,
            examples: &examples,
            dev: &[],
            options: &options,
            run: &folder.join(layout::TRAINING),
            out: &out,
            device: self.device.clone(),
        };
        let outcome = train::train(&job, &mut Watch(report))?;
        let training = Training { steps: Some(outcome.steps), loss: Some(outcome.loss), skipped: outcome.skipped };
        Folder::create(&folder, &[], true)?.write_json(layout::TRAINED, &training)?;
        tidy(&folder);
        self.clock(&layout::iteration(iteration), &[("train", start.elapsed().as_secs_f64())])?;
        Ok(training)
    }
}

/// Removes what training left, also where a kill came in between.
fn tidy(iteration: &Path) {
    for name in LEFT {
        let _ = fs::remove_file(iteration.join(layout::TRAINING).join(name));
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
