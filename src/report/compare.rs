//! Two runs on the same tasks.

use super::{
    Cell, Column, Document, Row, Section, Table, figures,
    run::{Evaluated, Role, Run},
};
use crate::{
    blame::Blame,
    stats::{Count, mcnemar},
};

/// The reason why two runs cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// No task is in both.
    #[error("{a} and {b} have no task in common: compare runs on the same dataset")]
    Disjoint {
        /// One run.
        a: String,
        /// The other.
        b: String,
    },
}

impl Blame for CompareError {
    fn is_input(&self) -> bool {
        true
    }
}

/// The differences that make two runs less than comparable.
const DIFFERENCES: [(&[&str], &str); 3] = [
    (&["/guest"], "the same guest: fuel and memory may differ"),
    (
        &["/dataset_digest", "/datasets/dev/digest", "/datasets/test/digest"],
        "the same dataset: tasks of the same name may be others",
    ),
    (&["/options", "/config/judge"], "the same limits"),
];

/// A task whose outcome differs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flip {
    /// The task.
    task: String,
    /// The task's samples in the first run.
    a: Count,
    /// The task's samples in the second.
    b: Count,
}

/// The set of a run that is compared: its only one, or of a loop its best model on test, else on dev.
fn compared(run: &Run) -> Option<&Evaluated> {
    if !run.is_loop {
        return run.sets.first();
    }
    let model = run.best().unwrap_or_else(|| run.sets.iter().map(|set| set.model).max().unwrap_or(0));
    run.set(Role::Test, model).or_else(|| run.set(Role::Dev, model)).or_else(|| run.sets.last())
}

/// Compares the second run with the first, on the tasks that both have.
///
/// A task counts as solved where at least half of its samples pass; with one sample a task, that is its verdict.
///
/// # Errors
///
/// [`CompareError::Disjoint`].
pub fn compare(a: &Run, b: &Run) -> Result<Document, CompareError> {
    let (name_a, name_b) = (a.path.display().to_string(), b.path.display().to_string());
    let none = || CompareError::Disjoint { a: name_a.clone(), b: name_b.clone() };
    let (set_a, set_b) = (compared(a).ok_or_else(none)?, compared(b).ok_or_else(none)?);
    let flip = |(task, a, b): (&str, Count, Count)| Flip { task: task.to_owned(), a, b };
    let common: Vec<Flip> = set_a.paired(set_b).into_iter().map(flip).collect();
    if common.is_empty() {
        return Err(none());
    }
    let mut document = Document {
        title: format!("{name_b} against {name_a}"),
        about: vec![
            ("A".to_owned(), described(a, set_a)),
            ("B".to_owned(), described(b, set_b)),
            ("tasks in both".to_owned(), common.len().to_string()),
        ],
        warnings: a.warnings.iter().chain(&b.warnings).cloned().collect(),
        sections: vec![scores(set_a, set_b, &common), flips(&common)],
    };
    for (name, set) in [("only in A", set_a), ("only in B", set_b)] {
        if set.counts.len() > common.len() {
            document.about.push((name.to_owned(), (set.counts.len() - common.len()).to_string()));
        }
    }
    for (pointers, what) in DIFFERENCES {
        let differs = |pointer: &&str| a.manifest.pointer(pointer) != b.manifest.pointer(pointer);
        if pointers.iter().any(differs) {
            document.warnings.push(format!("the two runs do not have {what}"));
        }
    }
    Ok(document)
}

fn described(run: &Run, set: &Evaluated) -> String {
    let place = if set.folder.as_os_str().is_empty() { String::new() } else { format!(", {}", set.folder.display()) };
    let (samples, passing) = figures::totals(&set.counts);
    format!("{}{place}: {passing} of {samples} samples pass", run.path.display())
}

fn scores(set_a: &Evaluated, set_b: &Evaluated, common: &[Flip]) -> Section {
    let mut section = Section::new("pass@k");
    let side = |set: &Evaluated, of: fn(&Flip) -> Count| {
        let counts = common.iter().map(|flip| (flip.task.clone(), of(flip))).collect();
        Evaluated { counts, ..set.clone() }
    };
    let (a, b) = (side(set_a, |flip| flip.a), side(set_b, |flip| flip.b));
    let rows = figures::ks(&[&a, &b]).into_iter().map(|k| {
        let difference = a.difference(&b, k).map_or(Cell::Empty, |difference| Cell::text(figures::signed(difference)));
        let cells =
            vec![Cell::text(format!("pass@{k}")), figures::cell(Some(&a), k), figures::cell(Some(&b), k), difference];
        Row { cells, ..Row::default() }
    });
    section.tables.push(Table {
        caption: "pass@k with 95 % intervals".to_owned(),
        columns: vec![
            Column::words(""),
            Column::numbers("A", None),
            Column::numbers("B", None),
            Column::numbers("B - A, points", None),
        ],
        rows: rows.collect(),
        notes: vec!["The difference is taken task by task: paired bootstrap over tasks.".to_owned()],
    });
    section
}

/// Whether a task counts as solved.
fn solved(count: Count) -> bool {
    count.samples > 0 && 2 * count.correct >= count.samples
}

fn flips(common: &[Flip]) -> Section {
    let mut section = Section::new("Flipped tasks");
    let gained: Vec<&Flip> = common.iter().filter(|flip| !solved(flip.a) && solved(flip.b)).collect();
    let lost: Vec<&Flip> = common.iter().filter(|flip| solved(flip.a) && !solved(flip.b)).collect();
    section.paragraphs.push(format!(
        "{} gained, {} lost (solved: at least half of a task's samples pass); McNemar's exact test: p = {}.",
        gained.len(),
        lost.len(),
        probability(mcnemar(gained.len() as u64, lost.len() as u64))
    ));
    let row = |how: &str, flip: &Flip| {
        let share = |count: Count| Cell::text(format!("{} of {}", count.correct, count.samples));
        Row { cells: vec![Cell::text(how), Cell::text(&flip.task), share(flip.a), share(flip.b)], ..Row::default() }
    };
    let rows: Vec<Row> =
        gained.iter().map(|flip| row("gained", flip)).chain(lost.iter().map(|flip| row("lost", flip))).collect();
    if !rows.is_empty() {
        section.tables.push(Table {
            caption: "Tasks whose outcome differs".to_owned(),
            columns: vec![
                Column::words(""),
                Column::words("task"),
                Column::numbers("A passes", None),
                Column::numbers("B passes", None),
            ],
            rows,
            notes: Vec::new(),
        });
    }
    section
}

fn probability(p: f64) -> String {
    if p < 0.0001 { "less than 0.0001".to_owned() } else { format!("{p:.4}") }
}
