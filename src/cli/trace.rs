//! `tracewright trace`.

use std::{
    io::{IsTerminal, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::json;

use super::{
    Usage,
    common::{AnnotationArguments, DataArguments, memory_bytes, parse_count, start},
    print, table,
};
use crate::{
    dataset,
    files::read_python,
    sandbox::{CacheDir, pool},
    trace::{
        self, Bounds, End, Inline, Options, Recording, Subject, Which,
        fit::{Fitted, Step},
        tokens::{Fits, Tokens},
    },
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Dataset: a name (see `dataset list`) or a file [default: `mini`, with --task].
    #[arg(long, short, value_name = "D")]
    dataset: Option<String>,

    /// Task of the dataset; its buggy program is traced, else its reference [default: all tasks, one JSON object a line].
    #[arg(long, short, value_name = "ID")]
    task: Option<String>,

    /// Trace this program instead; alone, without a dataset, too.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,

    /// Visible test to trace, from 0, or test code [default: the first visible test that fails].
    #[arg(long, value_name = "N|CODE")]
    test: Option<String>,

    /// Trace every visible test that fails.
    #[arg(long, conflicts_with = "test")]
    all_failing: bool,

    /// Form to print: the annotated program (next), a scratchpad, CWM frames, events as JSONL, or Chrome's trace format.
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

    /// Comments only on lines that reach the failing value.
    #[arg(long)]
    slice: bool,

    /// Tokenizer that counts tokens: a checkpoint's `tokenizer.json`, or its folder.
    #[arg(long, value_name = "FILE|DIR")]
    tokenizer: Option<PathBuf>,

    /// Shorten traces until they fit: fewer states of a line, shorter values, only lines that reach the failing value.
    #[arg(long, value_name = "N", requires = "tokenizer")]
    max_tokens: Option<usize>,

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
    annotations: AnnotationArguments,

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

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let program = match &arguments.program {
        Some(path) => {
            Some(read_python(path).map_err(|error| Usage(format!("cannot read {}: {error}", path.display())))?)
        }
        None => None,
    };
    if program.is_none() && arguments.dataset.is_none() && arguments.task.is_none() {
        return Err(Usage(
            "nothing to trace: name a program (--program FILE), or a dataset's task (--task ID)".to_owned(),
        )
        .into());
    }
    let task = match &arguments.task {
        Some(id) => {
            let name = arguments.dataset.as_deref().unwrap_or("mini");
            let unknown = || {
                Usage(format!("dataset `{name}` has no task `{id}`; `tracewright dataset show {name}` lists its tasks"))
            };
            Some(dataset::open_task(name, id, &arguments.data.directory())?.ok_or_else(unknown)?)
        }
        None => None,
    };
    let options = Options {
        fuel: arguments.fuel,
        memory: memory_bytes(arguments.memory)?,
        events: usize::try_from(arguments.events).unwrap_or(usize::MAX),
        bounds: Bounds { characters: arguments.value_characters, ..Bounds::default() },
        annotations: arguments.annotations.choice(),
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
    let view = View::new(arguments)?;
    if let Some(path) = &arguments.html {
        write_page(path, &recordings, &title(arguments), &view.inline)?;
    }
    if json {
        let traces: Vec<_> = recordings.iter().map(|recording| view.summary(recording, &mut Fits::default())).collect();
        print::json(&json!({ "traces": traces }))?;
    } else if arguments.html.is_none() {
        for recording in &recordings {
            write(recording, arguments.format, &view)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Traces the programs of a whole dataset: one JSON object a line, in the order of its tasks.
fn every_task(arguments: &Arguments, name: &str, options: &Options) -> super::Outcome<ExitCode> {
    if arguments.program.is_some() {
        return Err(Usage("--program needs --task: which task is the program for?".to_owned()).into());
    }
    if arguments.html.is_some() {
        return Err(Usage("--html needs --task: a page shows one program".to_owned()).into());
    }
    let dataset = dataset::open(name, &arguments.data.directory())?;
    let view = View::new(arguments)?;
    let jobs = pool::default_jobs();
    let sandbox = start(jobs, &CacheDir::from_environment())?;
    let which = which(arguments, true);
    let mut without = Vec::new();
    let mut fits = Fits::default();
    let stopped = trace::record_all(&sandbox, &dataset.tasks, jobs, &which, options, |task, recordings| {
        if !recordings.iter().any(|recording| !recording.events.is_empty()) {
            let why = recordings.first().map_or("no visible test".to_owned(), |recording| recording.end.to_string());
            without.push(format!("{}: {why}", task.id));
        }
        let traces: Vec<_> = recordings.iter().map(|recording| view.summary(recording, &mut fits)).collect();
        match print::json(&json!({"task_id": task.id, "traces": traces})) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    })?;
    if let Some(error) = stopped {
        return Err(error);
    }
    let count = dataset.tasks.len();
    print::note(format_args!("{}: {} of {count} programs traced", dataset.name, count - without.len()));
    for line in without {
        print::note(format_args!("  {}", table::one_line(&line)));
    }
    if let Some(text) = view.max_tokens.and_then(|budget| fits.describe(budget)) {
        print::note(text);
    }
    Ok(ExitCode::SUCCESS)
}

/// The form in which recordings are shown.
struct View {
    inline: Inline,
    #[cfg(feature = "generate")]
    tokenizer: Option<crate::model::decode::TextTokenizer>,
    max_tokens: Option<usize>,
}

impl View {
    fn new(arguments: &Arguments) -> super::Outcome<Self> {
        #[cfg(not(feature = "generate"))]
        if arguments.tokenizer.is_some() {
            return Err(
                Usage("--tokenizer: this build has no models; build it with `--features generate`".to_owned()).into()
            );
        }
        if arguments.max_tokens.is_some() && arguments.format != Format::Next {
            return Err(Usage("--max-tokens shortens --format next only".to_owned()).into());
        }
        Ok(Self {
            inline: Inline {
                head: arguments.head,
                tail: arguments.tail,
                no_change: !arguments.no_no_change,
                slice: arguments.slice,
                ..Inline::default()
            },
            #[cfg(feature = "generate")]
            tokenizer: arguments.tokenizer.as_deref().map(crate::model::decode::TextTokenizer::open).transpose()?,
            max_tokens: arguments.max_tokens,
        })
    }

    /// Returns a counter of tokens, where there is a tokenizer.
    #[cfg(feature = "generate")]
    fn counter(&self) -> Option<impl Fn(&str) -> usize> {
        self.tokenizer.as_ref().map(|tokenizer| |text: &str| tokenizer.count(text))
    }

    #[cfg(not(feature = "generate"))]
    #[expect(clippy::unused_self, reason = "with models it has a tokenizer")]
    fn counter(&self) -> Option<fn(&str) -> usize> {
        None
    }

    /// The annotated program within the budget, if there is one.
    fn fitted(&self, recording: &Recording) -> Fitted {
        let count = |text: &str| self.counter().map_or(0, |count| count(text));
        trace::fit::fit(recording, &self.inline, self.max_tokens.unwrap_or(usize::MAX), &count)
    }

    fn summary(&self, recording: &Recording, fits: &mut Fits) -> serde_json::Value {
        let fitted = self.fitted(recording);
        let mut summary = json!({
            "text": recording.source.text,
            "trace": fitted.text,
            "events": recording.events.len(),
            "end": recording.end,
        });
        if let Some(count) = self.counter() {
            let tokens = Tokens::count(recording, &self.inline, &fitted, &count);
            fits.add(tokens, self.max_tokens.unwrap_or(usize::MAX));
            summary["tokens"] = tokens.to_json();
            summary["shortened"] = json!(fitted.steps);
        }
        summary
    }
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

fn write(recording: &Recording, format: Format, view: &View) -> super::Outcome<()> {
    match format {
        Format::Next => {
            let fitted = view.fitted(recording);
            if !fitted.fits {
                print::note(format_args!("{} tokens even without comments: the program is too long", fitted.tokens));
            } else if !fitted.steps.is_empty() {
                print::note(format_args!("shortened to {} tokens: {}", fitted.tokens, steps(&fitted.steps)));
            }
            if std::io::stdout().is_terminal() {
                print::text(&coloured(recording, &fitted.text))?;
            } else {
                print::raw(fitted.text.as_bytes())?;
            }
        }
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
fn write_page(path: &Path, recordings: &[Recording], title: &str, inline: &Inline) -> super::Outcome<()> {
    let page = trace::html::render_all(recordings, title, inline);
    crate::files::write_to(path, page.as_bytes())
        .map_err(|error| Usage(format!("cannot write {}: {error}", path.display())))?;
    let steps: usize = recordings.iter().map(|recording| recording.events.len()).sum();
    let tests = if recordings.len() > 1 { format!("{} tests, ", recordings.len()) } else { String::new() };
    print::note(format_args!("wrote {}: {tests}{steps} steps", path.display()));
    Ok(())
}

/// Returns what was done to a trace, for people.
fn steps(steps: &[Step]) -> String {
    let text = |step: &Step| match step {
        Step::States { head: 0, tail: 1 } => "the last state of a line".to_owned(),
        Step::States { head, tail } => format!("the first {head} and last {tail} states of a line"),
        Step::Characters(characters) => format!("values of {characters} characters"),
        Step::Slice => "only lines that reach the failing value".to_owned(),
        Step::Bare => "no comments".to_owned(),
    };
    steps.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// A trace for a terminal: comments dimmed, the line that raised marked, nothing that could be an escape sequence.
fn coloured(recording: &Recording, text: &str) -> String {
    let mut out = String::new();
    // Comments stand behind the rows of the source, which are as they were.
    let mut rest = text;
    for row in recording.source.rows() {
        let body = row.trim_end_matches(['\n', '\r']);
        let after = rest.strip_prefix(body).unwrap_or_default();
        let end = after.find(['\n', '\r']).unwrap_or(after.len());
        let comment = &after[..end];
        rest = after[end..].strip_prefix(&row[body.len()..]).unwrap_or_default();
        let style = if comment.contains("__exception__ = ") { table::ERROR } else { table::DIM };
        out.push_str(&table::escape(body.as_bytes()));
        out.push_str(&format!("{style}{}{}\n", table::escape(comment.as_bytes()), style.render_reset()));
    }
    out
}
