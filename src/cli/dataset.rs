//! `tracewright dataset`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

#[cfg(feature = "fetch")]
use super::fetch;
#[cfg(feature = "generate")]
use super::pairs;
use super::{
    Usage, build_mbpp_r,
    common::{DataArguments, JudgeArguments},
    print,
    progress::Progress,
    synth, table,
};
use crate::{
    dataset::{self, Listed, verify},
    scoring::Event,
    stats::counted,
    task::TestSuite,
};

/// The native format, for the help text.
pub(super) const NATIVE: &str = "\
A dataset is a name of `dataset list`, or a file: JSON lines, plain or packed with gzip or zstd. Published formats are known by their fields. \
Your own tasks are one JSON object a line:
  task_id        the task's name, unique in the file
  entry_point    the function or class under test
  visible_tests  list of Python statements that a model may see; each is a test
and, as you like,
  hidden_tests   list of statements that decide besides
  reference      a program that passes: give one wherever you can
  buggy          the program to repair
  description    what the program should do
  setup          code that runs before the tests
  entry_points   list of further names that the program has to define

For instance:
  {\"task_id\": \"shop/total\", \"entry_point\": \"total\", \"visible_tests\": [\"assert total([1, 2]) == 3\"]}

docs/datasets.md has the rest.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the named datasets and where their files were found.
    List(DataArguments),
    /// Check that every reference passes and every buggy program fails.
    Verify(Verify),
    /// Show one task, or the names of all.
    Show(Show),
    /// Fetch published datasets into the data directory: one commit, checked by SHA-256.
    #[cfg(feature = "fetch")]
    Fetch(fetch::Arguments),
    /// Build a repair set in the style of the paper's Mbpp-R from samples over MBPP, or from mutants of its references.
    BuildMbppR(build_mbpp_r::Arguments),
    /// Make small repair tasks for small models: random programs with a mutation, tests from the sandbox.
    Synth(synth::Arguments),
    /// Write pairs to train on from a repair set with references: prompts, with rationales by a template and the references.
    #[cfg(feature = "generate")]
    Pairs(pairs::Arguments),
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Dataset: a name or a file.
    dataset: String,

    #[command(flatten)]
    data: DataArguments,

    #[command(flatten)]
    judge: JudgeArguments,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Dataset: a name or a file.
    dataset: String,

    /// The task.
    id: Option<String>,

    #[command(flatten)]
    data: DataArguments,
}

pub(super) fn run(command: &Command, json: bool) -> super::Outcome<ExitCode> {
    match command {
        Command::List(data) => list(data, json),
        Command::Verify(arguments) => verify(arguments, json),
        Command::Show(arguments) => show(arguments, json),
        #[cfg(feature = "fetch")]
        Command::Fetch(arguments) => fetch::run(arguments, json),
        Command::BuildMbppR(arguments) => build_mbpp_r::run(arguments, json),
        Command::Synth(arguments) => synth::run(arguments, json),
        #[cfg(feature = "generate")]
        Command::Pairs(arguments) => pairs::run(arguments, json),
    }
}

fn list(data: &DataArguments, json: bool) -> super::Outcome<ExitCode> {
    let directory = data.directory();
    let mut rows = Vec::new();
    let mut objects = Vec::new();
    for Listed { name, tasks, state, about } in dataset::list(&directory) {
        let count = tasks.map_or_else(|| "-".to_owned(), |tasks| tasks.to_string());
        rows.push(vec![name.clone(), format!("{count:>5}"), state.clone(), about.to_owned()]);
        objects.push(json!({ "name": name, "tasks": tasks, "state": state, "about": about }));
    }
    if json {
        print::json(&objects)?;
    } else {
        print::text(&table::columns(&rows))?;
        print::line(format_args!(
            "files are looked for in {} (--data DIR, TRACEWRIGHT_DATA)",
            directory.path().display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(arguments: &Verify, json: bool) -> super::Outcome<ExitCode> {
    let dataset = dataset::open(&arguments.dataset, &arguments.data.directory())?;
    let judge = arguments.judge.judge()?;
    let mut progress = Progress::new();
    let (jobs, total) = (arguments.judge.jobs()?, dataset.tasks.len());
    let report = verify::verify(&judge, &dataset, jobs, &mut |done| progress.event(&Event::Preparing(done, total)));
    progress.clear();
    let report = report?;
    let code = if report.references + report.buggy > 0 { ExitCode::SUCCESS } else { ExitCode::from(2) };
    if json {
        print::json(&report)?;
        return Ok(code);
    }
    print::line(format_args!("{}: {}", report.dataset, counted(report.tasks, "task")))?;
    match (report.references, report.buggy) {
        (0, 0) => print::line(format_args!("  no references and no buggy programs: nothing was verified"))?,
        (0, _) => print::line(format_args!("  no references: only that the buggy programs fail was verified"))?,
        (all, _) => print::line(format_args!("  references passing  {} of {all}", report.references_passing))?,
    }
    if report.buggy > 0 {
        print::line(format_args!("  buggy failing       {} of {}", report.buggy_failing, report.buggy))?;
    }
    let names = report.colocated_tasks.join(", ");
    print::line(format_args!(
        "  colocated           {}{}",
        report.colocated,
        if names.is_empty() { names } else { format!(" ({names})") }
    ))?;
    if report.reference > 0 {
        print::line(format_args!(
            "  reference           {} (their references give objects, so may candidates)",
            report.reference
        ))?;
    }
    if report.unreferenced > 0 {
        print::line(format_args!(
            "  no reference        {} (candidates may give objects anywhere; their verdicts say whether they did)",
            report.unreferenced
        ))?;
    }
    for (task, names) in &report.names {
        let of = |by: &str| {
            let names = names.as_object().into_iter().flatten().filter(|(_, who)| **who == *by);
            names.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let task_names = of("task");
        print::line(format_args!(
            "  {task}: {} {} the candidate's{}",
            of("candidate"),
            if of("candidate").contains(',') { "are" } else { "is" },
            if task_names.is_empty() { String::new() } else { format!(", {task_names} the task's own") }
        ))?;
    }
    for exception in &report.exceptions {
        print::line(format_args!("  {}: {}", exception.task, table::one_line(&exception.reason)))?;
    }
    Ok(code)
}

fn show(arguments: &Show, json: bool) -> super::Outcome<ExitCode> {
    let directory = arguments.data.directory();
    let Some(id) = &arguments.id else {
        let dataset = dataset::open(&arguments.dataset, &directory)?;
        let ids: Vec<&str> = dataset.tasks.iter().map(|task| task.id.as_str()).collect();
        if json {
            print::json(&ids)?;
        } else {
            print::line(format_args!("{}", ids.join("\n")))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let task = dataset::open_task(&arguments.dataset, id, &directory)?.ok_or_else(|| {
        Usage(format!(
            "dataset `{0}` has no task `{id}`; `tracewright dataset show {0}` lists its tasks",
            arguments.dataset
        ))
    })?;
    let (tests, form): (Vec<String>, &str) = match &task.suite {
        TestSuite::Program(program) => (program.tests.clone(), "tests"),
        TestSuite::Cases(cases) => {
            let shown = cases
                .inputs
                .iter()
                .take(10)
                .map(|input| format!("{}{}", task.entry_point, crate::value::repr::repr(input, 200)));
            (shown.collect(), "inputs")
        }
    };
    let groups: Vec<String> = task.suite.groups().iter().map(|group| format!("{} {}", group.len, group.name)).collect();
    if json {
        print::json(&json!({
            "task_id": task.id,
            "description": task.description,
            "entry_point": task.entry_point,
            "prompt": task.prompt,
            "buggy": task.buggy,
            "reference": task.reference,
            form: tests,
            "groups": task.suite.groups().iter().map(|group| (group.name.to_owned(), group.len.into())).collect::<serde_json::Map<_, _>>(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = |title: &str| print::line(format_args!("{}{title}{}", table::BOLD, table::BOLD.render_reset()));
    head(&task.id)?;
    if !task.description.trim().is_empty() {
        print::line(format_args!("{}\n", table::escape(task.description.trim().as_bytes())))?;
    }
    for (title, program) in [("buggy program", &task.buggy), ("reference", &task.reference)] {
        if let Some(program) = program {
            head(title)?;
            print::line(format_args!("{}\n", table::escape(program.trim_end().as_bytes())))?;
        }
    }
    head(&format!("{form} ({})", groups.join(", ")))?;
    for test in &tests {
        print::line(format_args!("{}", table::escape(test.trim().as_bytes())))?;
    }
    if tests.len() < task.suite.len() {
        print::line(format_args!("... {} more", task.suite.len() - tests.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}
