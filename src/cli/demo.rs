//! `tracewright demo`: the judge, a trace, and the loop, on what comes with the program.

use std::{ops::ControlFlow, process::ExitCode};

#[cfg(feature = "train")]
use anyhow::Context;
use clap::Args;
use serde_json::json;

#[cfg(feature = "train")]
use super::common::runtime;
use super::{
    common::{jobs, start},
    print,
    progress::Progress,
    score, table,
};
use crate::{
    answer::Sanitize,
    candidates,
    dataset::{self, DataDir},
    judge::{Judge, Options, Verdict},
    sandbox::{CacheDir, Sandbox},
    scoring::{self, Request, Row},
    task::TestSuite,
    trace::{self, Inline, Which, fit::fit},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Worker threads [default: one a processor].
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,

    /// Leave out the model that teaches itself: seconds in place of 5 minutes.
    #[arg(long)]
    quick: bool,

    /// Folder for the files of the loop; the same command goes on where it was stopped.
    #[cfg(feature = "train")]
    #[arg(long, short, value_name = "DIR", default_value = "tracewright-demo")]
    out: std::path::PathBuf,
}

/// Fuel of a candidate: hundreds of times what the bundled references need, so that endless loops end soon.
const FUEL: u64 = 3_000_000_000;

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let dataset = dataset::open("mini", &DataDir::new(None))?;
    let samples = candidates::mini(&dataset)?;
    let (jobs, cache) = (jobs(arguments.jobs)?, CacheDir::from_environment());
    #[cfg(feature = "train")]
    if !arguments.quick {
        runtime(&cache, crate::model::Device::Cpu)
            .context("the model of the demo needs ONNX Runtime (`demo --quick` leaves it out)")?;
    }
    let options = Options { fuel_floor: FUEL, ..Options::default() };
    let sandbox = start(jobs, &cache)?;
    let judge = Judge::new(std::sync::Arc::clone(&sandbox), cache, options);
    let request = Request {
        dataset: &dataset,
        samples: &samples,
        judge: &judge,
        sanitize: Sanitize::Auto,
        jobs,
        ks: None,
        allow_partial: false,
        expect: None,
        group_by: None,
        shard: None,
        folder: None,
        overwrite: false,
    };
    let mut progress = Progress::new();
    let outcome = scoring::evaluate(&request, &mut |event| progress.event(&event));
    progress.clear();
    let mut outcome = outcome?;
    let failing = outcome.verdicts.most_telling()?;
    let trace = trace_of(&dataset, &sandbox)?;
    if !json {
        print::text(&score::text(&outcome.summary))?;
        if let Some(row) = &failing {
            show(&dataset, row)?;
        }
        print::line(format_args!("\na trace, as a model reads it:\n\n{trace}"))?;
    }
    let next = if arguments.quick { None } else { learn(arguments, jobs, json)? };
    if json {
        print::json(&json!({ "summary": outcome.summary, "failing": failing, "trace": trace, "next": next }))?;
    } else {
        print::line(format_args!("Next: tracewright score --dataset humaneval --data DIR --samples FILE --out RUN"))?;
    }
    Ok(if outcome.summary.faults > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Returns the trace of the first bundled program on the test that it fails.
fn trace_of(dataset: &dataset::Dataset, sandbox: &Sandbox) -> super::Outcome<String> {
    let options = trace::Options::default();
    let mut text = String::new();
    let first = &dataset.tasks[..dataset.tasks.len().min(1)];
    trace::record_all(sandbox, first, 1, &Which::FirstFailing, &options, |_, found| {
        text = found
            .first()
            .map_or_else(String::new, |recording| fit(recording, &Inline::default(), usize::MAX, &|_| 0).text);
        ControlFlow::<()>::Continue(())
    })?;
    Ok(text)
}

/// Runs two iterations of the loop from the bundled checkpoint; prints the report unless it is asked for as JSON.
#[cfg(feature = "train")]
fn learn(arguments: &Arguments, jobs: usize, json: bool) -> super::Outcome<Option<serde_json::Value>> {
    use crate::selftrain::{self, Config};

    let folder = &arguments.out;
    let path = selftrain::unpack(folder)?;
    let config = Config::read(&path)?;
    print::note(format_args!(
        "self-training: {} iterations from a tiny checkpoint; files go to {}",
        config.iterations,
        folder.display()
    ));
    let run = folder.join("run");
    let machine = super::next::Machine {
        jobs,
        threads: 0,
        sampling: crate::model::Device::Cpu,
        training: crate::train::device("cpu")?,
    };
    let report = super::next::go(&config, &DataDir::new(None), &run, machine)?;
    if !json {
        print::line(format_args!("self-training from a tiny checkpoint:"))?;
        print::text(&super::next::text(&report, &run))?;
        print::line(format_args!("again: tracewright next --config {} --out {}\n", path.display(), run.display()))?;
    }
    Ok(Some(serde_json::to_value(&report)?))
}

/// Says that without training there is no loop.
#[cfg(not(feature = "train"))]
#[expect(clippy::unnecessary_wraps, reason = "as with training")]
fn learn(_: &Arguments, _: usize, _: bool) -> super::Outcome<Option<serde_json::Value>> {
    print::note("this build cannot train: `cargo build --features train` can");
    Ok(None)
}

/// One failing candidate, test by test.
fn show(dataset: &dataset::Dataset, row: &Row) -> super::Outcome<()> {
    let Some(task) = dataset.position(&row.task_id).map(|position| &dataset.tasks[position]) else { return Ok(()) };
    let TestSuite::Program(program) = &task.suite else { return Ok(()) };
    print::line(format_args!(
        "\n{}{} sample {}{}: {}",
        table::BOLD,
        row.task_id,
        row.sample,
        table::BOLD.render_reset(),
        row.verdict.name()
    ))?;
    for (index, test) in program.tests.iter().enumerate() {
        let text = table::one_line(test.trim());
        let text: String = text.chars().take(90).collect();
        let group = if index < program.groups[0].len { "visible" } else { "hidden " };
        match row.tests.get(index) {
            None => print::line(format_args!("  {group}  not run       {text}"))?,
            Some(result) => {
                let style = if result.verdict == Verdict::Pass { table::GOOD } else { table::BAD };
                print::line(format_args!(
                    "  {group}  {style}{:<13}{} {text}",
                    result.verdict.name(),
                    style.render_reset()
                ))?;
                if let (Some(expected), Some(actual)) = (&result.expected, &result.actual) {
                    print::line(format_args!(
                        "           expected {}, got {}",
                        table::one_line(expected),
                        table::one_line(actual)
                    ))?;
                }
                if let Some(error) = &result.error {
                    print::line(format_args!(
                        "           {}",
                        table::one_line(&format!("{}: {}", error.kind, error.message))
                    ))?;
                }
            }
        }
    }
    Ok(())
}
