//! A run from its first step to the checkpoint that it writes.

use std::{fs, time::Instant};

use super::{
    TrainError,
    example::{Example, rows, steps, total_weight, usable},
    export::{self, Trained},
    fingerprint,
    gradient::{self, Setting},
    job::{Job, Outcome},
    lora::{self, Adapters},
    metrics::{DevMetrics, Log, Progress, StepMetrics, Timing},
    optimizer,
    state::{self, Best, Fingerprint, Learned, Progressed},
    weights::{self, Weights},
    workers::Workers,
};
use crate::files::Lock;

/// Trains and writes the new checkpoint.
///
/// The same job gives the same bytes, whether or not it was interrupted, on any number of threads. Called again after it has finished, it
/// only reports.
///
/// # Errors
///
/// An option or an example makes no sense, a file cannot be read or written, the folders belong to something else or are being written by another process, or the loss is no longer
/// a number; then the run folder keeps the last state that was saved.
pub fn train(job: &Job<'_>, progress: &mut dyn Progress) -> Result<Outcome, TrainError> {
    job.options.check()?;
    let config = job.checkpoint.config();
    let (examples, skipped) = usable(job.examples, "training", config, job.options)?;
    let (dev, dev_skipped) = usable(job.dev, "dev", config, job.options)?;
    if examples.is_empty() {
        return Err(TrainError::Example { set: "training", index: 0, problem: "there are no examples".into() });
    }
    fs::create_dir_all(job.run).map_err(TrainError::file(job.run))?;
    let _lock = Lock::folder(job.run)?;
    let fingerprint = fingerprint::of(job)?;
    let base = weights::read(job.checkpoint, &job.device)?;
    let mut run = Run::begin(job, examples, dev, base, fingerprint)?;
    if run.progressed.step > 0 {
        progress.resumed(run.progressed.step);
    }
    if !run.progressed.finished {
        if job.out.exists() {
            return Err(TrainError::Exists { path: job.out.into() });
        }
        run.go(progress)?;
    }
    if !job.out.exists() {
        run.export()?;
    }
    let Progressed { step, loss, best, .. } = run.progressed;
    Ok(Outcome { steps: step, loss, best, stopped_early: step < run.steps, skipped: skipped + dev_skipped })
}

/// A run under way.
struct Run<'a> {
    job: &'a Job<'a>,
    examples: Vec<&'a Example>,
    dev: Vec<&'a Example>,
    /// Weights that do not learn.
    frozen: Weights,
    learned: Learned,
    progressed: Progressed,
    /// The last step whose state is saved.
    saved: usize,
    /// The number of all steps, if it does not stop early.
    steps: usize,
    per_epoch: usize,
    workers: Workers,
}

impl<'a> Run<'a> {
    /// Goes on with the saved state, or begins.
    fn begin(
        job: &'a Job<'a>,
        examples: Vec<&'a Example>,
        dev: Vec<&'a Example>,
        base: Weights,
        fingerprint: Fingerprint,
    ) -> Result<Self, TrainError> {
        let saved = state::load(job.run, &job.device)?;
        if let Some((progressed, _)) = &saved {
            fingerprint::compare(&progressed.fingerprint, &fingerprint, job.run)?;
        }
        let lora = job.options.lora.as_ref();
        let (frozen, fresh) = match lora {
            None => (Weights::new(), base),
            Some(lora) => (base, lora::fresh(job.checkpoint.config(), lora, job.options.seed, &job.device)?),
        };
        let begin = || Progressed { fingerprint, step: 0, loss: f64::NAN, best: None, stale: 0, finished: false };
        let (progressed, learned) =
            saved.unwrap_or_else(|| (begin(), Learned { parameters: fresh, ..Learned::default() }));
        let per_epoch = examples.len().div_ceil(job.options.batch);
        let all = per_epoch.saturating_mul(job.options.epochs);
        let steps = all.min(job.options.max_steps.unwrap_or(usize::MAX));
        let saved = progressed.step;
        Ok(Self {
            job,
            examples,
            dev,
            frozen,
            learned,
            progressed,
            saved,
            steps,
            per_epoch,
            workers: Workers::default(),
        })
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            config: self.job.checkpoint.config(),
            frozen: &self.frozen,
            scale: self.job.options.lora.as_ref().map(lora::scale),
            device: &self.job.device,
            checkpointing: self.job.options.checkpointing,
        }
    }

    /// Takes all steps that are left.
    fn go(&mut self, progress: &mut dyn Progress) -> Result<(), TrainError> {
        let options = self.job.options;
        let mut log = Log::open(self.job.run, self.progressed.step)?;
        let mut epoch = None;
        while !self.progressed.finished {
            let step = self.progressed.step + 1;
            let (number, within) = ((step - 1) / self.per_epoch, (step - 1) % self.per_epoch);
            let (_, plan) = match epoch.take() {
                Some((of, plan)) if of == number => epoch.insert((of, plan)),
                _ => epoch.insert((number, steps(self.examples.len(), number, options))),
            };
            let batch = plan[within].iter().map(|index| self.examples[*index]).collect::<Vec<_>>();
            let metrics = self.step(step, &batch)?;
            log.step(&metrics)?;
            progress.step(&metrics);
            let last = step == self.steps;
            let due = match options.evaluate_every {
                Some(every) => step.is_multiple_of(every),
                None => within + 1 == self.per_epoch,
            };
            if !self.dev.is_empty() && (due || last) {
                let metrics = self.evaluate(step)?;
                log.dev(&metrics)?;
                progress.evaluated(&metrics);
            }
            self.progressed.finished =
                last || options.patience.is_some_and(|patience| self.progressed.stale >= patience);
            let stop = progress.stop();
            if self.progressed.finished || stop || step.is_multiple_of(options.save_every) {
                state::save(self.job.run, &self.progressed, &self.learned)?;
                self.saved = step;
                progress.saved(step);
            }
            if stop && !self.progressed.finished {
                return Err(TrainError::Stopped { step });
            }
        }
        Ok(())
    }

    /// One step of the optimiser.
    fn step(&mut self, step: usize, batch: &[&Example]) -> Result<StepMetrics, TrainError> {
        let start = Instant::now();
        let options = self.job.options;
        let rows = rows(batch, options.row, &self.job.checkpoint.config().rope);
        let mut workers = std::mem::take(&mut self.workers);
        let (setting, parameters) = (self.setting(), &self.learned.parameters);
        let parts = workers.map(&rows, |pass| {
            let mut gradients = Weights::new();
            let loss = setting.gradients(parameters, pass, &mut gradients);
            (loss, gradients)
        });
        self.workers = workers;
        let mut loss = 0.0;
        let mut gradients = Weights::new();
        for (part, of_part) in parts {
            loss += part;
            gradient::add(&mut gradients, of_part);
        }
        let grad_norm = optimizer::norm(&gradients);
        for (what, value) in [("the loss", loss), ("the gradient's norm", grad_norm)] {
            if !value.is_finite() {
                return Err(TrainError::Diverged { step, what, value, saved: self.saved });
            }
        }
        let rate = optimizer::learning_rate(step, self.steps, options);
        optimizer::step(&mut self.learned, gradients, grad_norm, step, rate, options);
        self.progressed.step = step;
        self.progressed.loss = loss;
        let tokens = rows.iter().map(|pass| pass.tokens.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let epoch = step as f64 / self.per_epoch as f64;
        Ok(StepMetrics {
            step,
            steps: self.steps,
            epoch,
            loss,
            learning_rate: rate,
            grad_norm,
            examples: batch.len(),
            tokens,
            predicted: rows.iter().map(|pass| pass.wanted.len()).sum(),
            timing: Timing::since(start, tokens),
        })
    }

    /// The loss on the dev examples; keeps the weights if it is the best.
    fn evaluate(&mut self, step: usize) -> Result<DevMetrics, TrainError> {
        let start = Instant::now();
        let mut tokens = 0;
        let mut loss = 0.0;
        let total = total_weight(&self.dev);
        // Rows of one batch at a time: the examples are not all laid out at once.
        let mut workers = std::mem::take(&mut self.workers);
        for batch in self.dev.chunks(self.job.options.batch) {
            let share = total_weight(batch) / total;
            let rows = rows(batch, self.job.options.row, &self.job.checkpoint.config().rope);
            let (setting, parameters) = (self.setting(), &self.learned.parameters);
            loss += workers.map(&rows, |pass| setting.loss(parameters, pass)).iter().sum::<f64>() * share;
            tokens += rows.iter().map(|pass| pass.tokens.len()).sum::<usize>();
        }
        self.workers = workers;
        if !loss.is_finite() {
            return Err(TrainError::Diverged { step, what: "the dev loss", value: loss, saved: self.saved });
        }
        let best = self.progressed.best.is_none_or(|best| loss < best.loss);
        if best {
            state::save_best(self.job.run, &self.learned.parameters)?;
            self.progressed.best = Some(Best { step, loss });
            self.progressed.stale = 0;
        } else {
            self.progressed.stale += 1;
        }
        Ok(DevMetrics { step, loss, best, timing: Timing::since(start, tokens) })
    }

    /// Writes the best weights, or the last ones, as a checkpoint.
    fn export(&mut self) -> Result<(), TrainError> {
        let parameters = match self.progressed.best {
            Some(_) => state::load_best(self.job.run, &self.job.device)?,
            None => std::mem::take(&mut self.learned.parameters),
        };
        let precision = self.job.options.precision;
        let source = self.job.checkpoint;
        let Some(lora) = &self.job.options.lora else {
            let trained = Trained { source, weights: &parameters, adapters: None, precision };
            return export::write(&trained, self.job.out);
        };
        let adapters = Adapters { weights: parameters, scale: lora::scale(lora) };
        let mut weights = std::mem::take(&mut self.frozen);
        adapters.merge(&mut weights);
        let trained = Trained { source, weights: &weights, adapters: Some((lora, &adapters.weights)), precision };
        export::write(&trained, self.job.out)
    }
}
