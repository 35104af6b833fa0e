//! `tracewright next`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    common::{DataArguments, jobs, runtime, start, whole_model},
    print,
    progress::Progress,
    prompts::parse_device,
    table,
};
use crate::{
    judge::Judge,
    model::Device,
    sampling,
    sandbox::CacheDir,
    scoring,
    selftrain::{self, Config, Event, Report, Scores, Stage, Tested, Two},
    train,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The configuration: a TOML file.
    #[arg(long, short, value_name = "FILE")]
    config: PathBuf,

    /// Folder for all files of the run; the same command goes on where it was stopped [default: the configuration's name].
    #[arg(long, short, value_name = "RUN")]
    out: Option<PathBuf>,

    /// Worker threads of sandboxes [default: one a processor].
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,

    /// Threads of the model [default: one a core].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,

    /// Device that samples: `cpu`, `cuda` or `cuda:I`.
    #[arg(long, value_name = "DEVICE", default_value = "cpu", value_parser = parse_device)]
    device: Device,

    /// Device that trains: as `train --device`.
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    train_device: String,

    /// Seed of everything drawn, in place of the configuration's.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    #[command(flatten)]
    data: DataArguments,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let mut config = Config::read(&arguments.config)?;
    config.seed = arguments.seed.unwrap_or(config.seed);
    for model in [&mut config.model].into_iter().chain(&mut config.filter.proxy).chain(&mut config.evaluation.proxies) {
        *model = whole_model(model)?;
    }
    let out = arguments.out.clone().unwrap_or_else(|| arguments.config.with_extension(""));
    let jobs = jobs(arguments.jobs)?;
    let machine = Machine {
        jobs,
        threads: arguments.threads,
        sampling: arguments.device,
        training: train::device(&arguments.train_device)?,
    };
    let report = go(&config, &arguments.data.directory(), &out, machine)?;
    if json {
        print::json(&report)?;
    } else {
        print::text(&text(&report, &out))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The parts of the machine that a run may use.
pub(super) struct Machine {
    /// Workers of sandboxes.
    pub(super) jobs: usize,
    /// Threads of the model that samples; 0 for one a core.
    pub(super) threads: usize,
    /// The device that samples.
    pub(super) sampling: Device,
    /// The device that trains.
    pub(super) training: train::Device,
}

/// Runs the loop with progress on standard error.
pub(super) fn go(
    config: &Config,
    data: &crate::dataset::DataDir,
    out: &Path,
    Machine { jobs, threads, sampling, training }: Machine,
) -> super::Outcome<Report> {
    let cache = CacheDir::from_environment();
    runtime(&cache, sampling)?;
    let sandbox = start(jobs, &cache)?;
    let judge = Judge::new(sandbox, cache.clone(), config.judging());
    let stage = Stage::of(config, &judge, (jobs, threads), sampling, cache.path());
    let mut reporter = Reporter::new();
    let report = selftrain::run(config, data, out, &stage, training, &mut |event| reporter.event(event));
    reporter.progress.clear();
    Ok(report?)
}

/// Shows how a run goes.
pub(super) struct Reporter {
    pub(super) progress: Progress,
}

impl Reporter {
    pub(super) fn new() -> Self {
        Self { progress: Progress::new() }
    }

    pub(super) fn event(&mut self, event: Event) {
        match event {
            Event::Step(what) => self.progress.note(&what),
            Event::Note(what) => self.progress.note(&format!("  {what}")),
            Event::Sampling(sampling::Event::Sampled { done, resumed, total }) => {
                self.progress.step("  sampling", done, total, resumed);
            }
            Event::Sampling(sampling::Event::Note(text)) => self.progress.note(&format!("  {text}")),
            Event::Judging(scoring::Event::Judging { done, resumed, total }) => {
                self.progress.step("  judging programs", done, total, resumed);
            }
            Event::Judging(scoring::Event::Preparing(..)) => {}
            Event::Judging(event) => self.progress.event(&event),
            Event::Training(metrics) => {
                let how = format!("loss {:.3}, {:.0} tokens/s", metrics.loss, metrics.timing.tokens_per_second);
                self.progress.step_with("  training", metrics.step, metrics.steps, 0, &how);
            }
        }
    }
}

/// The run for people: pass@k on dev by iteration, and on test at the end.
pub(super) fn text(report: &Report, out: &Path) -> String {
    let mut rows =
        vec![vec![String::new(), "pairs".to_owned(), "problems".to_owned(), "dev pass@1".to_owned(), String::new()]];
    rows.push([vec!["base".to_owned(), String::new(), String::new()], estimate(&report.base, 1)].concat());
    for iteration in &report.iterations {
        let best = if report.best == iteration.iteration + 1 { "*" } else { "" };
        let name = format!("iteration {}{best}", iteration.iteration);
        let cells = vec![name, iteration.pairs.to_string(), iteration.problems.to_string()];
        rows.push([cells, estimate(&iteration.dev, 1)].concat());
    }
    let mut text =
        format!("{} of {} training problems are hard\n{}", report.hard, report.problems, table::columns(&rows));
    if let Some(test) = &report.test {
        text.push_str(&tested(test));
    }
    let best = if report.best == 0 { report.checkpoint.clone() } else { out.join(&report.checkpoint) };
    text.push_str(&format!(
        "\nbest checkpoint: {}\nall files: {} (summary.json, metrics.jsonl, and a folder for each iteration)\n",
        best.display(),
        out.display()
    ));
    text
}

/// Base and best on test, and the same with other prompts and by proxies.
fn tested(test: &Tested) -> String {
    let estimates = test.base.pass_at_k.over_all_tests();
    let mut rows = vec![vec![String::new(), "base".into(), String::new(), "best".into(), String::new()]];
    let mut add = |what: &str, base: &Scores, best: &Scores| {
        for k in estimates.keys() {
            rows.push([vec![format!("{what}pass@{k}")], estimate(base, *k), estimate(best, *k)].concat());
        }
    };
    add("", &test.base, &test.best);
    if let Some(Two { base, best }) = &test.other_prompts {
        add("other prompts: ", base, best);
    }
    for (index, Two { base, best }) in test.proxies.iter().enumerate() {
        add(&format!("proxy {index}: "), base, best);
    }
    format!("\ntest, {} tasks, pass@k with 95 % intervals\n{}", test.base.tasks, table::columns(&rows))
}

fn estimate(scores: &Scores, k: u64) -> Vec<String> {
    match scores.pass_at_k.over_all_tests().get(&k) {
        Some(estimate) => vec![
            format!("{:5.1} %", 100.0 * estimate.value),
            format!("[{:.1}, {:.1}]", 100.0 * estimate.low, 100.0 * estimate.high),
        ],
        None => vec![String::new(), String::new()],
    }
}
