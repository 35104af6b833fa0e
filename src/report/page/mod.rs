//! One HTML file of a run: the summary, tables, charts, and every task with its trace and its samples; it needs nothing but itself.
//!
//! What models wrote is hostile text. It is data here as on the trace page ([`crate::trace::html`]), whose player this page shares.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Document, PlotError, Table, grid,
    lines::each_line,
    plot::themed,
    run::{Evaluated, LoadError, Role, Run},
};
use crate::{
    blame::Blame,
    dataset::Dataset,
    judge::{Isolation, TestResult, Verdict},
    layout,
    scoring::Row,
    task::Task,
    trace::{Inline, Recording, html},
};

const PAGE: &str = include_str!("report.html");
const STYLE: [&str; 2] = [include_str!("report.css"), include_str!("report_task.css")];
/// One script with what pages share, in this order.
const SCRIPT: [&str; 10] = [
    include_str!("report_diff.js"),
    include_str!("report_changes.js"),
    include_str!("report_data.js"),
    include_str!("report_filter.js"),
    include_str!("report_sections.js"),
    include_str!("report_list.js"),
    include_str!("report_trace.js"),
    include_str!("report_samples.js"),
    include_str!("report_task.js"),
    include_str!("report.js"),
];

/// The material of a page: what it shows of a task besides its samples.
#[derive(Debug, Default)]
pub struct Material<'a> {
    /// The datasets that the tasks are in; of others the page has the name and the samples only.
    pub datasets: &'a [Dataset],
    /// The trace of each task's buggy program on its first failing visible test, by the task's name.
    pub recordings: HashMap<String, Recording>,
}

/// The reason why there is no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A file of the run.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A chart.
    #[error(transparent)]
    Plot(#[from] PlotError),
}

impl Blame for PageError {
    fn is_input(&self) -> bool {
        match self {
            Self::Load(error) => error.is_input(),
            Self::Plot(error) => error.is_input(),
        }
    }
}

/// The page of `runs`, whose summary is `document`; `warnings` grows by what could not be read.
///
/// # Errors
///
/// A [`PageError`].
pub fn page(
    document: &Document,
    runs: &[Run],
    material: &Material<'_>,
    warnings: &mut Vec<String>,
) -> Result<String, PageError> {
    let known: HashMap<&str, &Task> =
        material.datasets.iter().flat_map(|dataset| &dataset.tasks).map(|task| (task.id.as_str(), &**task)).collect();
    let mut strings = Strings::default();
    let mut recordings = Recordings { all: &material.recordings, list: Vec::new(), places: HashMap::new() };
    let mut sets = Vec::new();
    for (run, letter) in runs.iter().zip('A'..) {
        for set in run.sets.iter().filter(|set| shown(run, set)) {
            let samples = samples(run, set, &mut strings, warnings)?;
            if samples.is_empty() {
                continue;
            }
            let tasks = tasks(set, samples, &known, &mut strings, &mut recordings);
            let name = match (runs.len(), set.role) {
                (1, _) => name(set),
                (_, Role::Samples) => letter.to_string(),
                _ => format!("{letter}: {}", name(set)),
            };
            sets.push(json!({ "name": name, "tasks": tasks }));
        }
    }
    let mut sections = Vec::new();
    if !warnings.is_empty() {
        sections.push(json!({ "heading": "Warnings", "paragraphs": warnings, "tables": [], "plots": [] }));
    }
    for section in document.sections.iter().filter(|section| !section.is_empty()) {
        let plots = section
            .charts
            .iter()
            .map(|(_, chart)| Ok(json!({ "caption": chart.title, "alt": chart.title, "svg": themed(&chart.svg()?) })));
        sections.push(json!({
            "heading": section.heading,
            "paragraphs": section.paragraphs,
            "tables": section.tables.iter().map(table).collect::<Vec<_>>(),
            "plots": plots.collect::<Result<Vec<_>, PlotError>>()?,
        }));
    }
    let data = json!({
        "title": document.title,
        "about": document.about,
        "sections": sections,
        "strings": strings.list,
        "recordings": recordings.list,
        "sets": sets,
    });
    Ok(html::fill(PAGE, &STYLE.concat(), &format!("{}{}", html::SHARED.concat(), SCRIPT.concat()), &data))
}

fn table(table: &Table) -> Value {
    let (columns, rows) = grid(table);
    json!({ "caption": table.caption, "columns": columns, "rows": rows, "notes": table.notes })
}

/// A place where the tasks of one of a run's sets may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TaskSource {
    /// The folder of its verdicts, which keeps them.
    pub(super) folder: PathBuf,
    /// The dataset that it was judged on: a name, or where its file was.
    pub(super) dataset: Option<String>,
}

/// The places of the tasks that the page of a run shows.
pub(super) fn task_sources(run: &Run) -> Vec<TaskSource> {
    let of = |manifest: &Value| manifest.get("dataset").and_then(Value::as_str).map(str::to_owned);
    if !run.is_loop {
        return vec![TaskSource { folder: run.path.clone(), dataset: of(&run.manifest) }];
    }
    let source = |set: &Evaluated| {
        let folder = run.path.join(&set.folder).join(layout::JUDGED);
        let text = fs::read(folder.join(layout::MANIFEST)).ok();
        let dataset = text.and_then(|text| of(&serde_json::from_slice(&text).ok()?));
        TaskSource { folder, dataset }
    };
    run.sets.iter().filter(|set| shown(run, set)).map(source).collect()
}

/// The tasks that the page of these runs shows.
pub(super) fn shown_tasks(runs: &[Run]) -> HashSet<&str> {
    let sets = runs.iter().flat_map(|run| run.sets.iter().filter(|set| shown(run, set)));
    sets.flat_map(|set| &set.counts).map(|(task, _)| task.as_str()).collect()
}

/// Whether a page shows a set: dev and test of the base and the best model, or all there is where a run did not come to its end; never the
/// training problems, which may have a hundred thousand samples.
fn shown(run: &Run, set: &Evaluated) -> bool {
    match set.role {
        Role::Samples => true,
        Role::Train | Role::Proxy(_) => false,
        Role::Dev | Role::Test | Role::OtherPrompts => run.best().is_none_or(|best| [0, best].contains(&set.model)),
    }
}

fn name(set: &Evaluated) -> String {
    let what = match set.role {
        Role::Samples => return "samples".to_owned(),
        Role::Train => "training problems",
        Role::Dev => "dev",
        Role::Test => "test",
        Role::OtherPrompts => "test, other prompts",
        Role::Proxy(_) => "fixes of a proxy",
    };
    if set.model == 0 { format!("{what}: base model") } else { format!("{what}: after iteration {}", set.model - 1) }
}

/// A row of a sample file: the model's text for one sample.
#[derive(Debug, Default, Deserialize)]
struct Written {
    task_id: String,
    #[serde(default)]
    sample: Option<usize>,
    #[serde(default)]
    solution: Option<String>,
    #[serde(default)]
    completion: Option<String>,
    #[serde(default)]
    rationale: Option<String>,
}

/// The texts of a set's samples, by task and index.
fn written(
    run: &Run,
    set: &Evaluated,
    warnings: &mut Vec<String>,
) -> Result<HashMap<(String, usize), Written>, LoadError> {
    let folder = run.path.join(&set.folder);
    let mut all = HashMap::new();
    let Some(path) = samples_file(&folder, run.is_loop) else { return Ok(all) };
    let mut counts: HashMap<String, usize> = HashMap::new();
    each_line(&path, warnings, |row: Written| {
        let next = counts.entry(row.task_id.clone()).or_default();
        let sample = row.sample.unwrap_or(*next);
        *next = sample + 1;
        all.insert((row.task_id.clone(), sample), row);
    })?;
    Ok(all)
}

/// The file with samples: of a loop's step its `samples.jsonl`, of a run of `score` the file of results with the samples' own fields.
fn samples_file(folder: &Path, is_loop: bool) -> Option<PathBuf> {
    if is_loop {
        return Some(folder.join(layout::SAMPLES)).filter(|path| path.exists());
    }
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(layout::HUMAN_EVAL_RESULTS))
        .collect();
    found.sort();
    found.pop()
}

/// The samples of a set by task and index; none of a record, which keeps no verdicts.
fn samples(
    run: &Run,
    set: &Evaluated,
    strings: &mut Strings,
    warnings: &mut Vec<String>,
) -> Result<HashMap<String, BTreeMap<usize, Value>>, LoadError> {
    let folder = run.path.join(&set.folder);
    let verdicts = if run.is_loop { folder.join(layout::JUDGED) } else { folder };
    let mut samples: HashMap<String, BTreeMap<usize, Value>> = HashMap::new();
    let path =
        [layout::VERDICTS, layout::JOURNAL].map(|name| verdicts.join(name)).into_iter().find(|path| path.exists());
    let Some(path) = path else { return Ok(samples) };
    let mut written = written(run, set, warnings)?;
    // What `load` warned of, it would warn of again.
    each_line(&path, &mut Vec::new(), |row: Row| {
        let of_task = samples.entry(row.task_id.clone()).or_default();
        for index in std::iter::once(row.sample).chain(row.same.iter().copied()) {
            let text = written.remove(&(row.task_id.clone(), index)).unwrap_or_default();
            of_task.insert(index, sample(&row, &text, strings));
        }
    })?;
    Ok(samples)
}

fn tasks(
    set: &Evaluated,
    mut samples: HashMap<String, BTreeMap<usize, Value>>,
    known: &HashMap<&str, &Task>,
    strings: &mut Strings,
    recordings: &mut Recordings<'_>,
) -> Vec<Value> {
    let one = |(id, _): &(String, crate::stats::Count)| {
        let task = known.get(id.as_str());
        let mut optional = |text: Option<&String>| text.map(|text| strings.index(text));
        let program = optional(task.and_then(|task| task.buggy.as_ref()));
        let reference = optional(task.and_then(|task| task.reference.as_ref()));
        let description = strings.index(task.map_or("", |task| task.description.as_str()));
        let tests: Vec<usize> = task.iter().flat_map(|task| &task.visible).map(|test| strings.index(test)).collect();
        json!({
            "id": id,
            "description": description,
            "program": program,
            "reference": reference,
            "tests": tests,
            "recording": program.and_then(|_| recordings.index(id)),
            "samples": samples.remove(id).unwrap_or_default().into_values().collect::<Vec<_>>(),
        })
    };
    set.counts.iter().map(one).collect()
}

fn sample(row: &Row, text: &Written, strings: &mut Strings) -> Value {
    let mut optional = |text: Option<&String>| text.map(|text| strings.index(text));
    let mut sample = json!({
        "v": row.verdict.name(),
        "fix": optional(text.solution.as_ref().or(text.completion.as_ref())),
        "rationale": optional(text.rationale.as_ref()),
        "fuel": row.fuel,
        "memory": row.peak_memory,
        "tests": [],
        "error": null,
    });
    if let Some(visible) = row.visible {
        sample["visible"] = json!(visible.name());
    }
    if row.isolation == Isolation::Colocated {
        sample["colocated"] = json!(true);
    }
    if let Some(error) = &row.error {
        sample["error"] = json!(strings.index(&described(&error.kind, &error.message, error.line)));
    }
    sample["tests"] = tests(&row.tests, strings);
    sample
}

fn described(kind: &str, message: &str, line: Option<u32>) -> String {
    let place = line.map_or_else(String::new, |line| format!(" (line {line})"));
    if message.is_empty() { format!("{kind}{place}") } else { format!("{kind}: {message}{place}") }
}

/// Tests that pass by runs, others with what is known of them.
fn tests(tests: &[TestResult], strings: &mut Strings) -> Value {
    let mut out: Vec<Value> = Vec::new();
    let mut passing = 0;
    for test in tests {
        if test.verdict == Verdict::Pass {
            passing += 1;
            continue;
        }
        if passing > 0 {
            out.push(json!(["pass", passing]));
            passing = 0;
        }
        let mut optional = |text: Option<&String>| text.map(|text| strings.index(text));
        let (input, expected, actual) =
            (optional(test.input.as_ref()), optional(test.expected.as_ref()), optional(test.actual.as_ref()));
        let error = test.error.as_ref().map(|error| described(&error.kind, &error.message, error.line));
        out.push(json!([test.verdict.name(), input, expected, actual, optional(error.as_ref())]));
    }
    if passing > 0 {
        out.push(json!(["pass", passing]));
    }
    out.into()
}

/// The texts of a page, each once: fixes, rationales and messages recur.
#[derive(Default)]
struct Strings {
    list: Vec<String>,
    places: HashMap<String, usize>,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        self.list.push(text.to_owned());
        self.places.insert(text.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }
}

/// The traces that the page needs, each once.
struct Recordings<'a> {
    all: &'a HashMap<String, Recording>,
    list: Vec<Value>,
    places: HashMap<String, usize>,
}

impl Recordings<'_> {
    fn index(&mut self, task: &str) -> Option<usize> {
        if let Some(place) = self.places.get(task) {
            return Some(*place);
        }
        self.list.push(html::encode(self.all.get(task)?, &Inline::default()));
        self.places.insert(task.to_owned(), self.list.len() - 1);
        Some(self.list.len() - 1)
    }
}
