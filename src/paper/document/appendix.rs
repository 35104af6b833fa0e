//! The appendix of the tables: the paper's settings, the figures that are not known, and the way to make all of it again.

use super::super::{
    published::{Setting, paper},
    tables,
};
use crate::report::{Cell, Column, Row, Section, Table};

/// The paper's settings.
pub(super) fn settings() -> Section {
    let mut section = Section::new("The paper's settings");
    let row = |hypothesis: bool| {
        move |setting: &Setting| Row {
            cells: vec![
                Cell::text(&setting.name),
                Cell::text(setting.value.to_string()),
                Cell::text(if hypothesis { "hypothesis" } else { "" }),
            ],
            provenance: Some(setting.provenance.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
            ..Row::default()
        }
    };
    let settings = &paper().settings;
    section.tables.push(Table {
        caption: "Settings; those of the loop are fields of next's configuration".to_owned(),
        columns: vec![Column::words("setting"), Column::words("value"), Column::words("")],
        rows: settings.known.iter().map(row(false)).chain(settings.hypotheses.iter().map(row(true))).collect(),
        notes: tables::legend(
            settings.known.iter().chain(&settings.hypotheses).flat_map(|setting| &setting.provenance),
        ),
    });
    section
}

/// The section on the paper's figures that are missing.
pub(super) fn not_recovered() -> Section {
    let mut section = Section::new("Not recovered");
    let items = &paper().not_recovered.items;
    section.paragraphs.push(format!(
        "Of the paper's figures these were not recovered, and nothing is printed for them: {}.",
        items.join("; ")
    ));
    section
}

/// The section on how to make all of it again.
pub(super) fn again() -> Section {
    let mut section = Section::new("Again");
    section.paragraphs.push(
        "Everything of ours is made by this program. The tiny model, its tasks and how it was made are in benchmarks/tiny; real model outputs and repair sets are \
         other people's files, named in samples/sets.json by source and digest, of which tracewright dataset fetch gets the datasets. Equal commands give equal figures on one machine; verdicts are equal on \
         every x86-64 machine, trained weights may differ in their last bits between processors. A record in a folder here is a run without its samples: \
         manifest with digests and seeds, metrics, counts, wall time (with pauses, where a run had to wait)."
            .to_owned(),
    );
    let row = |what: &str, command: &str| Row {
        cells: vec![Cell::text(what), Cell::Code { text: command.to_owned() }],
        ..Row::default()
    };
    section.tables.push(Table {
        caption: "Commands".to_owned(),
        columns: vec![Column::words("for"), Column::words("command")],
        rows: vec![
            row("a run of the loop", "tracewright next --config results/FOLDER/NAME.toml --seed N --out RUN"),
            row("its record", "tracewright report RUN --record results/FOLDER/NAME"),
            row("its record, of Table 2", "tracewright report RUN --record results/table2/seed-N"),
            row("greedy decoding", "python results/figure3/run.py tracewright RUN OUT"),
            row("real model outputs", "python results/samples/run.py tracewright DATA RUNS"),
            row("repair sets", "python results/datasets/run.py tracewright DATA RUNS TOKENIZER.json"),
            row("this page", "tracewright report --paper --format markdown --plots results/plots > results/README.md"),
        ],
        notes: Vec::new(),
    });
    section
}
