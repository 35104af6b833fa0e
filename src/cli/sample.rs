//! `tracewright sample`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, OnceLock},
    time::Duration,
};

use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{DataArguments, start, whole_model},
    print,
    progress::Progress,
    prompts::{PromptArguments, parse_device, server},
};
use crate::{
    answer::Extractor,
    dataset,
    model::{
        Device, LoadOptions, Weights,
        decode::{Speculation, TextTokenizer},
        remote::{self, Remote},
    },
    prompt::Condition,
    sampling::{self, Batch, Event, LocalRun, Plan, RemoteRun, SampleError, Settings, Traces},
    sandbox::{CacheDir, Fault, Sandbox, pool},
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// Repair dataset: a name (see `dataset list`) or a file.
    #[arg(long, short, value_name = "D", default_value = "mini")]
    dataset: String,

    /// Checkpoint in Hugging Face's layout (or a GGUF file, or a PEFT adapter with its base), or the URL of an OpenAI-compatible server as `URL#MODEL`.
    #[arg(long, short, value_name = "DIR|URL")]
    model: String,

    /// File for the samples, as JSONL that `score` reads; the same command goes on where it was stopped.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// Discard what is in the file.
    #[arg(long)]
    overwrite: bool,

    /// Samples a task.
    #[arg(long, short, value_name = "N", default_value_t = 1)]
    n: usize,

    /// Only the first so many tasks.
    #[arg(long, value_name = "N")]
    tasks: Option<usize>,

    /// Softmax temperature; 0 takes the likeliest token.
    #[arg(long, value_name = "T", default_value_t = 0.8)]
    temperature: f64,

    /// Keep the likeliest tokens up to this probability.
    #[arg(long, value_name = "P", default_value_t = 1.0)]
    top_p: f64,

    /// Keep so many of the likeliest tokens; 0 for all.
    #[arg(long, value_name = "K", default_value_t = 0)]
    top_k: usize,

    /// Keep tokens at least this share as likely as the likeliest.
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_p: f64,

    /// Longest answer in tokens.
    #[arg(long, value_name = "N", default_value_t = 512)]
    max_new_tokens: usize,

    /// Seed of all randomness.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Worked repairs before the task.
    #[arg(long, value_name = "N", default_value_t = 3)]
    shots: usize,

    /// Ask for the fix alone.
    #[arg(long)]
    no_rationale: bool,

    /// Plain prompts, though the model has a chat template.
    #[arg(long)]
    plain: bool,

    /// Samples decoded at a time, or requests to a server.
    #[arg(long, value_name = "N", default_value_t = 8)]
    batch: usize,

    /// Longest sequence in tokens, prompt and answer [default: the model's context].
    #[arg(long, value_name = "N")]
    context: Option<usize>,

    /// The tokenizer.json of a server's model: with it and --context, prompts are shortened to what the model can read.
    #[arg(long, value_name = "FILE", requires = "context")]
    tokenizer: Option<PathBuf>,

    /// Device that computes: `cpu`, `cuda` or `cuda:I`.
    #[arg(long, value_name = "DEVICE", default_value = "cpu", value_parser = parse_device)]
    device: Device,

    /// Threads of the model [default: one a core].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,

    /// Round weights to 8 bits.
    #[arg(long)]
    eight_bit: bool,

    /// Decode every token by a call of its own, without prompt-lookup drafts. The samples are the same.
    #[arg(long)]
    no_speculation: bool,

    /// Environment variable with a server's API key [default: `OPENAI_API_KEY`, for https:// and this machine].
    #[arg(long, value_name = "NAME")]
    api_key_variable: Option<String>,

    /// Most samples to ask a server for in one request. With 1, a sample's seed does not depend on where a run was stopped.
    #[arg(long, value_name = "N", default_value_t = 1)]
    samples_per_request: usize,

    /// More fields of requests to a server, as a JSON object, such as `{"max_tokens": null, "max_completion_tokens": 512}`.
    #[arg(long, value_name = "JSON")]
    extra: Option<String>,

    /// Tries after the first where a server fails.
    #[arg(long, value_name = "N", default_value_t = 6)]
    max_retries: u32,

    /// Longest wait for a server's answer, in seconds.
    #[arg(long, value_name = "S", default_value_t = 600)]
    timeout: u64,

    #[command(flatten)]
    prompts: PromptArguments,

    #[command(flatten)]
    data: DataArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    if arguments.n == 0 || arguments.batch == 0 {
        return Err(Usage("-n and --batch begin at 1".to_owned()).into());
    }
    let mut dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    dataset.tasks.truncate(arguments.tasks.unwrap_or(usize::MAX));
    let settings = arguments.settings();
    let (template, exemplars) = arguments.prompts.load()?;
    let plan = Plan::new(&dataset, &settings, &template, &exemplars)?;
    let (written, refused) = match server(&arguments.model)? {
        Some(server) => arguments.ask(&plan, server)?,
        None => arguments.decode(&plan)?,
    };
    if json {
        print::json(&json!({"samples": written, "refused": refused, "out": arguments.out}))?;
    } else {
        let refusals =
            if refused > 0 { format!(", {refused} of them refused (their `finish` says why)") } else { String::new() };
        print::line(format_args!("{written} samples in {}{refusals}", arguments.out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn settings(&self) -> Settings {
        Settings {
            n: self.n,
            temperature: self.temperature,
            top_p: self.top_p,
            top_k: self.top_k,
            min_p: self.min_p,
            max_new_tokens: self.max_new_tokens,
            seed: self.seed,
            condition: Condition { trace: !self.prompts.no_trace, rationale: !self.no_rationale },
            shots: self.shots,
            plain: self.plain,
            context: self.context,
        }
    }

    fn decode(&self, plan: &Plan<'_>) -> super::Outcome<(usize, usize)> {
        let options = LoadOptions {
            device: self.device,
            threads: self.threads,
            weights: if self.eight_bit { Weights::EightBit } else { Weights::Stored },
            context: self.context,
            cache: CacheDir::from_environment().path().to_owned(),
        };
        let run = LocalRun::open(plan, &whole_model(Path::new(&self.model))?, options, &self.out, self.overwrite)?;
        let sandbox = LazySandbox::default();
        let extractor = Extractor::starting(|| sandbox.get());
        let traces = if run.is_open() { traces(plan, &sandbox)? } else { Traces::new() };
        let speculation = if self.no_speculation { Speculation::OFF } else { Speculation::default() };
        let batch = Batch { slots: self.batch, speculation };
        let mut reporter = Reporter(Progress::new());
        let counts = run.go(&traces, &batch, &extractor, &mut |event| reporter.event(event))?;
        reporter.0.clear();
        if let Some(statistics) = &counts.statistics {
            print::note(format_args!(
                "{} tokens in {} calls, {} of {} drafted tokens accepted, {} prompt tokens reused",
                statistics.new_tokens,
                statistics.calls,
                statistics.accepted,
                statistics.drafted,
                statistics.reused_tokens
            ));
        }
        Ok((counts.written, counts.refused))
    }

    fn ask(&self, plan: &Plan<'_>, (url, model): (&str, &str)) -> super::Outcome<(usize, usize)> {
        if self.device != Device::Cpu || self.eight_bit || self.threads > 0 || self.no_speculation {
            return Err(Usage(
                "--device, --threads, --eight-bit and --no-speculation are for models on this machine".to_owned(),
            )
            .into());
        }
        let extra = self.extra.as_deref().map_or_else(|| Ok(serde_json::Map::new()), serde_json::from_str);
        let extra = extra.map_err(|error| Usage(format!("--extra: not a JSON object: {error}")))?;
        let stop = if self.plain { plan.stop()? } else { Vec::new() };
        let options = remote::Options {
            temperature: self.temperature,
            top_p: self.top_p,
            top_k: (self.top_k > 0).then(|| i64::try_from(self.top_k).unwrap_or(i64::MAX)),
            min_p: (self.min_p > 0.0).then_some(self.min_p),
            stop,
            max_tokens: Some(u32::try_from(self.max_new_tokens).unwrap_or(u32::MAX)),
            seed: Some(self.seed),
            samples_per_request: self.samples_per_request,
            extra: extra.clone(),
            api_key_variable: self.api_key_variable.clone(),
            concurrency: self.batch,
            max_retries: self.max_retries,
            timeout: Duration::from_secs(self.timeout),
            ..remote::Options::default()
        };
        let remote = Remote::new(url, model, options).map_err(SampleError::from)?.on_retry(|retry| {
            print::note(format_args!("{}: {}; again in {:.0} s", retry.key, retry.why, retry.wait.as_secs_f64()));
        });
        let tokenizer = self.tokenizer.as_deref().map(TextTokenizer::open).transpose();
        let tokenizer = tokenizer.map_err(|error| SampleError::from(sampling::LocalError::from(error)))?;
        let also = vec![json!(extra), json!(self.samples_per_request), json!(tokenizer.is_some())];
        let run = RemoteRun::open(plan, (&remote, model), also, &self.out, self.overwrite)?;
        let sandbox = LazySandbox::default();
        let extractor = Extractor::starting(|| sandbox.get());
        let traces = if run.is_open() { traces(plan, &sandbox)? } else { Traces::new() };
        let mut reporter = Reporter(Progress::new());
        let counts = run.go(&traces, tokenizer.as_ref(), &extractor, &mut |event| reporter.event(event));
        reporter.0.clear();
        let counts = counts?;
        Ok((counts.written, counts.refused))
    }
}

/// The traces that prompts show.
fn traces(plan: &Plan<'_>, sandbox: &LazySandbox) -> super::Outcome<Traces> {
    if !plan.settings.condition.trace {
        return Ok(Traces::new());
    }
    super::prompts::traces(plan, &*sandbox.get()?, pool::default_jobs())
}

/// The sandbox for traces and answers, started when the first of them is needed.
#[derive(Default)]
struct LazySandbox(OnceLock<Arc<Sandbox>>);

impl LazySandbox {
    fn get(&self) -> Result<Arc<Sandbox>, Fault> {
        if let Some(sandbox) = self.0.get() {
            return Ok(Arc::clone(sandbox));
        }
        let started = start(pool::default_jobs(), &CacheDir::from_environment())?;
        Ok(Arc::clone(self.0.get_or_init(|| started)))
    }
}

/// Shows how sampling goes.
struct Reporter(Progress);

impl Reporter {
    fn event(&mut self, event: Event) {
        match event {
            Event::Note(text) => self.0.note(&text),
            Event::Sampled { done, resumed, total } => self.0.step("sampling", done, total, resumed),
        }
    }
}
