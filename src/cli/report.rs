//! `tracewright report`.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{
    Usage,
    common::{DataArguments, jobs, start},
    print,
    progress::Progress,
};
use crate::{
    dataset, files,
    paper::{self, Results},
    report::{self, Document, Format, Material, Run},
    sandbox::CacheDir,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folders that `score --out`, `next` or `report --record` wrote. One is reported on, two are compared on their common tasks, more are listed.
    #[arg(value_name = "RUN", required_unless_present = "paper")]
    runs: Vec<PathBuf>,

    /// The paper's tables, with our measured results beside them.
    #[arg(long, conflicts_with_all = ["runs", "html", "record"])]
    paper: bool,

    /// Folder with our measured results, for `--paper` [default: ./results, where it is there].
    #[arg(long, value_name = "DIR", requires = "paper")]
    results: Option<PathBuf>,

    /// Write one self-contained page: summary, charts, and each task with its trace, samples and verdicts.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Format to print in.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Printed::Text)]
    format: Printed,

    /// Write the charts to this folder, as SVG and PNG.
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,

    /// Keep the figures of a run of `next` without its samples, in this folder.
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,

    /// Dataset with the tasks of the run, for the page [default: what the run's folder keeps of them, else where they were].
    #[arg(long, short, value_name = "D")]
    dataset: Option<String>,

    /// Worker threads that trace the page's programs [default: one a processor].
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,

    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    Text,
    Markdown,
    Latex,
    Csv,
    Json,
}

impl From<Printed> for Format {
    fn from(printed: Printed) -> Self {
        match printed {
            Printed::Text => Self::Text,
            Printed::Markdown => Self::Markdown,
            Printed::Latex => Self::Latex,
            Printed::Csv => Self::Csv,
            Printed::Json => Self::Json,
        }
    }
}

pub(super) fn run(arguments: &Arguments, json: bool) -> super::Outcome<ExitCode> {
    let format = if json { Format::Json } else { arguments.format.into() };
    let mut runs = Vec::with_capacity(arguments.runs.len());
    for path in &arguments.runs {
        runs.push(Run::open(path)?);
    }
    let mut document = match runs.as_slice() {
        [] => paper::document(&results(arguments.results.as_deref())?),
        [run] => report::of_run(run),
        [a, b] => report::compare(a, b)?,
        many => report::overview(many),
    };
    if let Some(out) = &arguments.record {
        let [run] = runs.as_slice() else {
            return Err(Usage("--record keeps the figures of one run: name one".to_owned()).into());
        };
        report::record(run, out)?;
    }
    if let Some(folder) = &arguments.plots {
        plots(&document, folder)?;
    }
    if let Some(file) = &arguments.html {
        html(&mut document, &runs, file, arguments)?;
    }
    for warning in &document.warnings {
        print::note(format_args!("warning: {warning}"));
    }
    let folder = arguments.plots.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy());
    print::text(&document.render(format, folder.as_deref()))?;
    Ok(ExitCode::SUCCESS)
}

/// Our results; none where they are not at hand.
fn results(folder: Option<&Path>) -> super::Outcome<Results> {
    let usual = Path::new("results");
    match folder {
        Some(folder) => Ok(Results::read(folder)?),
        None if usual.join("paper").is_dir() => Ok(Results::read(usual)?),
        None => Ok(Results::default()),
    }
}

/// Writes each chart as SVG and PNG.
fn plots(document: &Document, folder: &Path) -> super::Outcome<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, chart) in document.sections.iter().flat_map(|section| &section.charts) {
        for (extension, bytes) in [("svg", chart.svg()?.into_bytes()), ("png", chart.png()?)] {
            let path = folder.join(format!("{name}.{extension}"));
            write(&path, &bytes)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> super::Outcome<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(Usage(format!("cannot write {}: there is no folder {}", path.display(), folder.display())).into());
    }
    files::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Writes the page, with the tasks and their traces where the dataset can be found.
fn html(document: &mut Document, runs: &[Run], file: &Path, arguments: &Arguments) -> super::Outcome<()> {
    let mut warnings = document.warnings.clone();
    let data = arguments.data.directory();
    let opened = match &arguments.dataset {
        Some(name) => vec![dataset::open(name, &data)?],
        None => report::datasets(runs, &data, &mut warnings),
    };
    let mut material = Material { datasets: &opened, recordings: HashMap::new() };
    let jobs = jobs(arguments.jobs)?;
    let traced = report::traced(&opened, runs);
    if !traced.is_empty() {
        let sandbox = start(jobs, &CacheDir::from_environment())?;
        let mut progress = Progress::new();
        material.recordings = report::recordings(&sandbox, &traced, jobs, &mut |done| {
            progress.step("tracing programs", done, traced.len(), 0);
        })?;
        progress.clear();
    }
    let page = report::page(document, runs, &material, &mut warnings)?;
    document.warnings = warnings;
    write(file, page.as_bytes())?;
    print::note(format_args!("{}: {:.1} MB", file.display(), megabytes(page.len())));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
