//! The report of a run of `score`.

use serde_json::Value;

use super::{
    Cell, Column, Document, Row, Section, Table, figures,
    run::{Evaluated, Run},
};
use crate::{sandbox::readable_fuel, stats::counted};

/// The report on a run of `score`.
pub(super) fn document(run: &Run) -> Document {
    let mut document = Document {
        title: run.path.display().to_string(),
        about: about(&run.manifest),
        warnings: run.warnings.clone(),
        sections: Vec::new(),
    };
    for set in &run.sets {
        document.sections.push(pass_at_k(set));
        document.sections.push(verdicts(set));
    }
    document
}

/// The entries of a manifest that determine the verdicts.
fn about(manifest: &Value) -> Vec<(String, String)> {
    let text = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_str);
    let number = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_u64);
    let mut about = Vec::new();
    let mut add = |name: &str, value: Option<String>| about.extend(value.map(|value| (name.to_owned(), value)));
    add("dataset", text("/dataset").map(str::to_owned));
    add("dataset digest", text("/dataset_digest").map(short));
    add("samples digest", text("/samples_digest").map(short));
    add("shard", text("/shard").map(str::to_owned));
    add("guest digest", text("/guest").map(short));
    add("least fuel", number("/options/fuel_floor").map(readable_fuel));
    add("memory, MiB", number("/options/memory").map(|bytes| (bytes >> 20).to_string()));
    about
}

/// The beginning of a digest, which tells it from others.
pub(super) fn short(digest: &str) -> String {
    digest.chars().take(16).collect()
}

fn verdicts(set: &Evaluated) -> Section {
    let mut section = Section::new("Verdicts");
    let (samples, _) = figures::totals(&set.counts);
    let row = |(verdict, count): (&crate::judge::Verdict, &usize)| {
        #[expect(clippy::cast_precision_loss, reason = "counts")]
        let share = *count as f64 / samples.max(1) as f64;
        let share = super::Percent { value: share, ..super::Percent::default() };
        Row {
            cells: vec![Cell::text(verdict.name()), Cell::Count { count: *count as u64 }, share.into()],
            ..Row::default()
        }
    };
    section.tables.push(Table {
        caption: format!("{} by verdict", counted(usize::try_from(samples).unwrap_or(usize::MAX), "candidate")),
        columns: vec![Column::words("verdict"), Column::numbers("candidates", None), Column::numbers("share", None)],
        rows: set.verdicts.iter().map(row).collect(),
        notes: Vec::new(),
    });
    section
}

fn pass_at_k(set: &Evaluated) -> Section {
    let mut section = Section::new("pass@k");
    let unsolved = set.counts.iter().filter(|(_, count)| count.samples == 0).count();
    if unsolved > 0 {
        let verbs = if unsolved == 1 { "has no samples and counts" } else { "have no samples and count" };
        section.paragraphs.push(format!("{} {verbs} as unsolved.", counted(unsolved, "task")));
    }
    let ks = figures::ks(&[set]);
    section.tables.push(Table {
        caption: format!(
            "pass@k over {}, with 95 % intervals (bootstrap over tasks; Wilson's where all agree)",
            counted(set.counts.len(), "task")
        ),
        columns: ks.iter().map(|k| Column::numbers(format!("pass@{k}"), None)).collect(),
        rows: vec![Row { cells: ks.iter().map(|k| figures::cell(Some(set), *k)).collect(), ..Row::default() }],
        notes: Vec::new(),
    });
    if set.fewest() > 1 {
        let series = vec![figures::over_k("samples", set)];
        section.charts.push(("pass_at_k".to_owned(), figures::by_k("pass@k over k", series)));
    }
    section
}
