//! `tracewright trace`.

use std::{
    collections::BTreeMap,
    io::{IsTerminal, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
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
    sandbox::{CacheDir, Fault, pool},
    trace::{self, Bounds, End, Inline, Options, Recording, Subject, Which, inline},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dataset: a name (see `dataset list`) or a file.
    #[arg(long, short, value_name = "D")]
    dataset: Option<String>,

    /// Task of the dataset; its buggy program is traced, else its reference [default: all tasks, one JSON object a line].
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

    /// Write a page instead that steps through the trace, to open in a browser; it needs nothing but itself.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    html: Option<PathBuf>,

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
    if let (Some(name), None) = (&arguments.dataset, &arguments.task) {
        return every_task(arguments, name, &options);
    }
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
        if matches!(recording.end, End::NotAProgram(_) | End::Cut(_)) {
            print::note(table::one_line(&recording.end.to_string()));
        }
    }
    let inline = inline(arguments);
    if let Some(path) = &arguments.html {
        write_page(path, &recordings, &title(arguments), &inline)?;
    }
    if json {
        let traces: Vec<_> = recordings.iter().map(|recording| summary(recording, &inline)).collect();
        print::json(&json!({ "traces": traces }))?;
    } else if arguments.html.is_none() {
        for recording in &recordings {
            write(recording, arguments.format, &inline)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Traces the programs of a whole dataset: one JSON object a line, in the order of its tasks.
fn every_task(arguments: &Arguments, name: &str, options: &Options) -> anyhow::Result<ExitCode> {
    if arguments.program.is_some() {
        return Err(Usage("--program needs --task: which task is the program for?".to_owned()).into());
    }
    if arguments.html.is_some() {
        return Err(Usage("--html needs --task: a page shows one program".to_owned()).into());
    }
    let dataset = dataset::open(name, &arguments.data.directory())?;
    let jobs = pool::default_jobs();
    let sandbox = start(jobs, &CacheDir::from_environment())?;
    let (which, inline) = (which(arguments, true), inline(arguments));
    let one = |index: usize| -> Result<Vec<Recording>, Fault> {
        let task = &dataset.tasks[index];
        let program = task.buggy.as_ref().or(task.reference.as_ref()).map_or("", String::as_str);
        Subject::new(&sandbox, task, program)?.record(&sandbox, &which, options)
    };
    let mut out = Ordered::default();
    let mut traced = 0;
    let mut without = Vec::new();
    let stopped = pool::run(jobs, dataset.tasks.len(), one, |index, recordings| {
        let id = &dataset.tasks[index].id;
        let line = match recordings {
            Ok(recordings) => {
                let usable = recordings.iter().any(|recording| !recording.events.is_empty());
                traced += usize::from(usable);
                if !usable {
                    let why =
                        recordings.first().map_or("no visible test".to_owned(), |recording| recording.end.to_string());
                    without.push(format!("{id}: {why}"));
                }
                let traces: Vec<_> = recordings.iter().map(|recording| summary(recording, &inline)).collect();
                json!({"task_id": id, "traces": traces})
            }
            Err(fault) => return ControlFlow::Break(anyhow::Error::from(fault)),
        };
        match out.push(index, line) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    })?;
    if let Some(error) = stopped {
        return Err(error);
    }
    print::note(format_args!("{}: {traced} of {} programs traced", dataset.name, dataset.tasks.len()));
    for line in without {
        print::note(format_args!("  {}", table::one_line(&line)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints lines in their order as soon as all before them are there.
#[derive(Default)]
struct Ordered {
    next: usize,
    waiting: BTreeMap<usize, serde_json::Value>,
}

impl Ordered {
    fn push(&mut self, index: usize, line: serde_json::Value) -> anyhow::Result<()> {
        self.waiting.insert(index, line);
        while let Some(line) = self.waiting.remove(&self.next) {
            print::json(&line)?;
            self.next += 1;
        }
        Ok(())
    }
}

fn inline(arguments: &Arguments) -> Inline {
    Inline { head: arguments.head, tail: arguments.tail, no_change: !arguments.no_no_change }
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

fn title(arguments: &Arguments) -> String {
    let program = arguments.program.as_ref().map(|path| path.display().to_string());
    [arguments.task.clone(), program].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// Writes the page and says so.
fn write_page(path: &Path, recordings: &[Recording], title: &str, inline: &Inline) -> anyhow::Result<()> {
    let page = trace::html::render_all(recordings, title, inline);
    save(path, page.as_bytes()).map_err(|error| Usage(format!("cannot write {}: {error}", path.display())))?;
    let steps: usize = recordings.iter().map(|recording| recording.events.len()).sum();
    let tests = if recordings.len() > 1 { format!("{} tests, ", recordings.len()) } else { String::new() };
    print::note(format_args!("wrote {}: {tests}{steps} steps", path.display()));
    Ok(())
}

/// Writes a whole file or none.
fn save(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // Through a link; and a device or a pipe stays what it is.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return std::fs::write(path, bytes);
    }
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(directory.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
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
