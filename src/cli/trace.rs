//! `tracewright trace`.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{DataArguments, memory_bytes, parse_count, start},
    print, table,
};
use crate::{
    dataset::{self, read_text},
    sandbox::{CacheDir, pool},
    trace::{self, Bounds, End, Inline, Options, Recording, Subject, Which, inline},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dataset: a name (see `dataset list`) or a file.
    #[arg(long, short, value_name = "D", requires = "task")]
    dataset: Option<String>,

    /// Task of the dataset; its buggy program is traced, else its reference.
    #[arg(long, short, value_name = "ID", requires = "dataset")]
    task: Option<String>,

    /// Trace this program instead; alone, without a dataset, too.
    #[arg(long, value_name = "FILE", required_unless_present = "dataset")]
    program: Option<PathBuf>,

    /// Visible test to trace, from 0, or test code [default: the first visible test that fails].
    #[arg(long, value_name = "N|CODE")]
    test: Option<String>,

    /// Trace every visible test that fails.
    #[arg(long, conflicts_with = "test")]
    all_failing: bool,

    /// What to print: the annotated program (next), a scratchpad, CWM frames, events as JSONL, or Chrome's trace format.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Next)]
    format: Format,

    /// States kept at the beginning of a line's, before `...`.
    #[arg(long, value_name = "N", default_value_t = 2)]
    head: usize,

    /// States kept at the end of a line's.
    #[arg(long, value_name = "N", default_value_t = 1)]
    tail: usize,

    /// Leave out `NO_CHANGE` on executed lines that changed nothing.
    #[arg(long)]
    no_no_change: bool,

    /// Characters kept of one value.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().characters)]
    value_characters: u32,

    /// Events after which the trace is cut.
    #[arg(long, value_name = "N", default_value = "100K", value_parser = parse_count)]
    events: u64,

    /// Fuel for the program and its tracing, in wasm operators.
    #[arg(long, value_name = "N", default_value = "100G", value_parser = parse_count)]
    fuel: u64,

    /// Memory in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory: usize,

    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Next,
    Scratchpad,
    Cwm,
    Events,
    Chrome,
}

pub(super) fn run(arguments: &Arguments, json: bool) -> anyhow::Result<ExitCode> {
    let program = match &arguments.program {
        Some(path) => Some(read_text(path).map_err(|error| Usage(format!("cannot read {}: {error}", path.display())))?),
        None => None,
    };
    let task = match (&arguments.dataset, &arguments.task) {
        (Some(name), Some(id)) => {
            let dataset = dataset::open(name, &arguments.data.directory())?;
            let unknown = || {
                Usage(format!("dataset `{name}` has no task `{id}`; `tracewright dataset show {name}` lists its tasks"))
            };
            Some(dataset.tasks[dataset.position(id).ok_or_else(unknown)?].clone())
        }
        _ => None,
    };
    let options = Options {
        fuel: arguments.fuel,
        memory: memory_bytes(arguments.memory)?,
        events: usize::try_from(arguments.events).unwrap_or(usize::MAX),
        bounds: Bounds { characters: arguments.value_characters, ..Bounds::default() },
    };
    let sandbox = start(1, &CacheDir::from_environment())?;
    let recordings = pool::run_one(|| {
        let subject = match &task {
            Some(task) => {
                let program = program.as_ref().or(task.buggy.as_ref()).or(task.reference.as_ref());
                Subject::new(&sandbox, task, program.map_or("", String::as_str))?
            }
            None => Subject::alone(program.as_deref().unwrap_or_default()),
        };
        let which = which(arguments, task.is_some());
        subject.record(&sandbox, &which, &options).map(|recordings| (recordings, subject.tests().len()))
    })?;
    let (recordings, tests) = recordings?;
    if recordings.is_empty() {
        let what = if tests == 0 {
            "the task shows no test: give one with --test 'assert ...'".to_owned()
        } else if arguments.all_failing {
            format!("none of its {tests} visible tests fails")
        } else {
            format!("there are {tests} visible tests, numbered from 0")
        };
        return Err(Usage(format!("nothing to trace: {what}")).into());
    }
    for recording in &recordings {
        if let End::NotAProgram(error) = &recording.end {
            print::note(format_args!("not a program: {}: {}", error.kind, error.message));
        }
        if let End::Cut(why) = &recording.end {
            print::note(format_args!("the trace is cut: {why}"));
        }
    }
    let inline = Inline { head: arguments.head, tail: arguments.tail, no_change: !arguments.no_no_change };
    if json {
        let traces: Vec<_> = recordings.iter().map(|recording| summary(recording, &inline)).collect();
        print::json(&json!({ "traces": traces }))?;
    } else {
        for recording in &recordings {
            write(recording, arguments.format, &inline)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn which(arguments: &Arguments, has_task: bool) -> Which {
    match &arguments.test {
        Some(test) => match test.parse() {
            Ok(index) if has_task => Which::Index(index),
            _ => Which::Code(test.clone()),
        },
        None if !has_task => Which::Code(String::new()),
        None if arguments.all_failing => Which::AllFailing,
        None => Which::FirstFailing,
    }
}

fn summary(recording: &Recording, inline: &Inline) -> serde_json::Value {
    json!({
        "text": recording.source.text,
        "trace": inline::render(recording, inline),
        "events": recording.events.len(),
        "end": recording.end,
    })
}

fn write(recording: &Recording, format: Format, inline: &Inline) -> anyhow::Result<()> {
    match format {
        Format::Next if std::io::stdout().is_terminal() => print::text(&coloured(recording, inline))?,
        Format::Next => print::raw(inline::render(recording, inline).as_bytes())?,
        Format::Scratchpad => print::raw(trace::scratchpad::render(recording).as_bytes())?,
        Format::Cwm => print::raw(format!("{}\n", trace::cwm::render(recording)).as_bytes())?,
        Format::Chrome => print::json(&trace::chrome::render(recording))?,
        Format::Events => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            for event in &recording.events {
                serde_json::to_writer(&mut out, event)?;
                out.write_all(b"\n")?;
            }
            serde_json::to_writer(&mut out, &json!({"event": "end", "end": recording.end}))?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
    Ok(())
}

/// For a terminal: comments dimmed, the line that raised marked, nothing that could be an escape sequence.
fn coloured(recording: &Recording, inline: &Inline) -> String {
    let mut out = String::new();
    for row in inline::rows(recording, inline) {
        let source = table::escape(row.source.trim_end_matches(['\n', '\r']).as_bytes());
        let comment = table::escape(row.comment.as_bytes());
        let style = if row.comment.contains("__exception__ = ") { table::ERROR } else { table::DIM };
        out.push_str(&format!("{source}{style}{comment}{}\n", style.render_reset()));
    }
    out
}
