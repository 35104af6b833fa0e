//! Several runs, a row each.

use super::{
    Cell, Column, Document, Row, Section, Table, figures,
    run::{Evaluated, Run},
};

/// Lists the sets of verdicts of several runs.
#[must_use]
pub fn overview(runs: &[Run]) -> Document {
    let all: Vec<(&Run, &Evaluated)> = runs.iter().flat_map(|run| run.sets.iter().map(move |set| (run, set))).collect();
    let most = all.iter().map(|(_, set)| figures::ks(&[set])).max_by_key(Vec::len).unwrap_or_default();
    let mut columns = vec![
        Column::words("run"),
        Column::words("set"),
        Column::numbers("tasks", None),
        Column::numbers("samples", None),
        Column::numbers("pass", None),
    ];
    columns.extend(most.iter().map(|k| Column::numbers(format!("pass@{k}"), None)));
    let row = |(run, set): &(&Run, &Evaluated)| {
        let (samples, passing) = figures::totals(&set.counts);
        let count = |count: u64| Cell::Count { count };
        let mut cells = vec![
            Cell::text(run.path.display().to_string()),
            Cell::text(set.folder.display().to_string()),
            count(set.counts.len() as u64),
            count(samples),
            count(passing),
        ];
        cells.extend(most.iter().map(|k| figures::cell(Some(set), *k)));
        Row { cells, ..Row::default() }
    };
    let mut section = Section::new("Runs");
    section.tables.push(Table {
        caption: "pass@k with 95 % intervals".to_owned(),
        columns,
        rows: all.iter().map(row).collect(),
        notes: Vec::new(),
    });
    Document {
        title: format!("{} runs", runs.len()),
        about: Vec::new(),
        warnings: runs.iter().flat_map(|run| run.warnings.clone()).collect(),
        sections: vec![section],
    }
}
