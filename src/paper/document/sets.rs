//! Real model outputs and repair sets, as they are here.

use super::super::{
    Results,
    results::{RepairSet, SampleSet},
};
use crate::report::{Cell, Column, Percent, Row, Section, Table, figures};

/// Other people's samples, judged here.
pub(super) fn samples(results: &Results) -> Section {
    let mut section = Section::new("Real model outputs");
    if results.samples.is_empty() {
        return section;
    }
    let estimate =
        |set: &SampleSet, k| set.pass_at_k.get(&k).map_or(Cell::Empty, |estimate| figures::percent(*estimate, None));
    let row = |set: &SampleSet| {
        let published = set.published.map_or(Cell::Empty, |value| Percent { value, ..Percent::default() }.into());
        let count = |count: u64| Cell::Count { count };
        let cells = vec![
            Cell::text(&set.dataset),
            Cell::text(&set.samples),
            count(set.tasks),
            count(set.count),
            estimate(set, 1),
            published,
            estimate(set, 10),
            count(set.passing),
            count(set.native_passing),
            count(set.other.len() as u64),
        ];
        Row { cells, ..Row::default() }
    };
    section.tables.push(Table {
        caption: "Pass@k of real model outputs".to_owned(),
        columns: vec![
            Column::words("dataset"),
            Column::words("samples"),
            Column::numbers("tasks", None),
            Column::numbers("samples", None),
            Column::numbers("here", Some("pass@1")),
            Column::numbers("published", Some("pass@1")),
            Column::numbers("here", Some("pass@10")),
            Column::numbers("here", Some("samples passing")),
            Column::numbers("native", Some("samples passing")),
            Column::numbers("other verdict", None),
        ],
        rows: results.samples.iter().map(row).collect(),
        notes: vec![
            "Pass@k is over the tasks that a set has samples for. The bootstrap has no interval where nothing passes."
                .to_owned(),
            "Samples without a native verdict are counted here and not there. Published figures are the sources' own, some with more imports in front."
                .to_owned(),
        ],
    });
    section
}

/// The section on what buggy programs fail, and on how long their traces are.
pub(super) fn repair_sets(results: &Results) -> Section {
    let mut section = Section::new("Buggy programs and their traces");
    if results.datasets.is_empty() {
        return section;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let share = |count: u64, of: u64| Percent { value: count as f64 / of.max(1) as f64, ..Percent::default() }.into();
    let row = |set: &RepairSet| {
        let [least, lower, median, upper, most] = set.events;
        let cells = vec![
            Cell::text(&set.dataset),
            Cell::Count { count: set.programs },
            share(set.fail_all_tests, set.programs),
            share(set.fail_over_half, set.programs),
            share(set.fail_up_to_half, set.programs),
            share(set.pass_visible, set.programs),
            Cell::text(format!("{median} [{lower}, {upper}]")),
            Cell::text(format!("{least}, {most}")),
            set.fit_2000_tokens.map_or(Cell::Empty, |value| Percent { value, ..Percent::default() }.into()),
        ];
        Row { cells, ..Row::default() }
    };
    section.tables.push(Table {
        caption: "Which tests buggy programs fail, and how long their traces are (ours)".to_owned(),
        columns: vec![
            Column::words("dataset"),
            Column::numbers("programs", None),
            Column::numbers("all", Some("fail, % of programs")),
            Column::numbers("over half", Some("fail, % of programs")),
            Column::numbers("up to half", Some("fail, % of programs")),
            Column::numbers("pass what is shown, %", None),
            Column::numbers("median", Some("events of a trace")),
            Column::numbers("least, most", Some("events of a trace")),
            Column::numbers("fit 2,000 tokens, %", None),
        ],
        rows: results.datasets.iter().map(row).collect(),
        notes: vec![
            "Every test is run, whatever failed before; the fuel limit of an input is in datasets.json. Shown are a task's visible tests, of HumanEvalFix+ the base \
             tests. Quartiles in brackets; a trace is of the first visible test that fails, or of the first where none does, and is cut after \
             100,000 events."
                .to_owned(),
        ],
    });
    section
}
