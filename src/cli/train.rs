//! `tracewright train`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::json;

use super::{common::whole_model, print, progress::Progress};
use crate::{
    layout,
    model::{Checkpoint, decode::TextTokenizer},
    pairs,
    train::{self, DevMetrics, Example, Job, Lora, Loss, Options, Precision, StepMetrics, TooLong},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Checkpoint to start from, in Hugging Face's layout.
    #[arg(long, short, value_name = "DIR")]
    model: PathBuf,

    /// Pairs to learn: JSON lines with `prompt` and `completion`.
    #[arg(long, short, value_name = "FILE", required = true)]
    data: Vec<PathBuf>,

    /// Pairs to watch the loss of: the weights with the lowest are kept.
    #[arg(long, value_name = "FILE")]
    dev: Option<PathBuf>,

    /// Folder for the trained checkpoint. The run's state lies beside it in `DIR.run`; the same command goes on where it was stopped.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Options as TOML; flags win.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Passes over the pairs [default: 3].
    #[arg(long, value_name = "N")]
    epochs: Option<usize>,

    /// Steps after which training ends.
    #[arg(long, value_name = "N")]
    max_steps: Option<usize>,

    /// Pairs a step [default: 8].
    #[arg(long, value_name = "N")]
    batch: Option<usize>,

    /// Tokens computed at a time; decides about memory and speed [default: 1024].
    #[arg(long, value_name = "N")]
    row: Option<usize>,

    /// Highest learning rate [default: 0.00002].
    #[arg(long, value_name = "X")]
    learning_rate: Option<f64>,

    /// Steps in which it rises [default: 0].
    #[arg(long, value_name = "N")]
    warmup: Option<usize>,

    /// Steps between evaluations on the dev pairs [default: an epoch].
    #[arg(long, value_name = "N", requires = "dev")]
    evaluate_every: Option<usize>,

    /// Evaluations without a better dev loss after which training stops.
    #[arg(long, value_name = "N", requires = "dev")]
    patience: Option<usize>,

    /// Steps between saved states [default: 100].
    #[arg(long, value_name = "N")]
    save_every: Option<usize>,

    /// Train low-rank adapters of this rank in place of all weights; they are merged, and saved in PEFT's layout too.
    #[arg(long, value_name = "RANK")]
    lora: Option<usize>,

    /// Compute blocks again for the gradient in place of keeping what they computed: slower, with less memory.
    #[arg(long)]
    checkpointing: bool,

    /// Leave out pairs that are too long, in place of refusing them.
    #[arg(long)]
    skip_long: bool,

    /// Tokens that are learnt.
    #[arg(long, value_enum, default_value_t = LossOf::Completion)]
    loss: LossOf,

    /// The type of the weights that are written [default: that of the source].
    #[arg(long, value_enum)]
    precision: Option<PrecisionOf>,

    /// Device that computes: `cpu`, or in builds with that feature `vulkan` or `cuda`, each with `:I` for the GPU at index I. Runs on a GPU go on only
    /// where they were begun, and do not promise equal bytes.
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    device: String,

    /// Seed of the order [default: 0].
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum LossOf {
    Completion,
    All,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum PrecisionOf {
    Source,
    F32,
    Bf16,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let options = arguments.options()?;
    let model = whole_model(&arguments.model)?;
    let checkpoint = Checkpoint::open(&model)?;
    let tokenizer = TextTokenizer::open(&model)?;
    let loss = match arguments.loss {
        LossOf::Completion => Loss::Completion,
        LossOf::All => Loss::All,
    };
    let load = |path: &Path| -> super::Outcome<Vec<Example>> {
        Ok(train::examples(&pairs::read(path)?, &tokenizer, &checkpoint, loss)?)
    };
    let mut examples = Vec::new();
    for path in &arguments.data {
        examples.extend(load(path)?);
    }
    let dev = arguments.dev.as_deref().map_or_else(|| Ok(Vec::new()), load)?;
    let folder = layout::training_of(&arguments.out);
    let job = Job {
        checkpoint: &checkpoint,
        examples: &examples,
        dev: &dev,
        options: &options,
        run: &folder,
        out: &arguments.out,
        device: train::device(&arguments.device)?,
    };
    let mut reporter = Reporter::new();
    let outcome = train::train(&job, &mut reporter);
    reporter.progress.clear();
    let outcome =
        outcome.map_err(|error| super::Failure::from(error).during(format!("training in {}", folder.display())))?;
    if json {
        print::json(&json!({
            "out": arguments.out, "steps": outcome.steps, "loss": outcome.loss, "best": outcome.best,
            "stopped_early": outcome.stopped_early, "skipped": outcome.skipped,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let best = outcome.best.map_or_else(String::new, |best| format!(", dev {:.4} after step {}", best.loss, best.step));
    let skipped = if outcome.skipped > 0 { format!(", {} pairs too long", outcome.skipped) } else { String::new() };
    print::line(format_args!("{} steps, loss {:.4}{best}{skipped}", outcome.steps, outcome.loss))?;
    print::line(format_args!("wrote {}", arguments.out.display()))?;
    print::line(format_args!("wrote {}", folder.join(layout::METRICS).display()))?;
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn options(&self) -> super::Outcome<Options> {
        let mut options = self.config.as_deref().map_or_else(|| Ok(Options::default()), Options::read)?;
        let flags = [
            (&mut options.epochs, self.epochs),
            (&mut options.batch, self.batch),
            (&mut options.row, self.row),
            (&mut options.warmup, self.warmup),
            (&mut options.save_every, self.save_every),
        ];
        for (option, flag) in flags {
            *option = flag.unwrap_or(*option);
        }
        options.max_steps = self.max_steps.or(options.max_steps);
        options.evaluate_every = self.evaluate_every.or(options.evaluate_every);
        options.patience = self.patience.or(options.patience);
        options.learning_rate = self.learning_rate.unwrap_or(options.learning_rate);
        options.seed = self.seed.unwrap_or(options.seed);
        options.checkpointing |= self.checkpointing;
        if let Some(rank) = self.lora {
            options.lora = Some(Lora { rank, ..options.lora.unwrap_or_default() });
        }
        if self.skip_long {
            options.too_long = TooLong::Skip;
        }
        match self.precision {
            Some(PrecisionOf::Source) => options.precision = Precision::Source,
            Some(PrecisionOf::F32) => options.precision = Precision::F32,
            Some(PrecisionOf::Bf16) => options.precision = Precision::Bf16,
            None => {}
        }
        Ok(options)
    }
}

/// Shows how training goes.
pub(super) struct Reporter {
    pub(super) progress: Progress,
    resumed: usize,
}

impl Reporter {
    pub(super) fn new() -> Self {
        Self { progress: Progress::new(), resumed: 0 }
    }
}

impl train::Progress for Reporter {
    fn step(&mut self, metrics: &StepMetrics) {
        let text = format!("loss {:.3}, {:.0} tokens/s", metrics.loss, metrics.timing.tokens_per_second);
        self.progress.step_with("training", metrics.step, metrics.steps, self.resumed, &text);
    }

    fn evaluated(&mut self, metrics: &DevMetrics) {
        let best = if metrics.best { ", the best so far" } else { "" };
        self.progress.note(&format!("step {}: dev loss {:.4}{best}", metrics.step, metrics.loss));
    }

    fn resumed(&mut self, step: usize) {
        self.resumed = step;
        self.progress.note(&format!("going on after step {step}"));
    }
}
