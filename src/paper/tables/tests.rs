use std::collections::BTreeMap;

use super::{super::published::Trained, Cell, Ours, OursByTraces, Table, figure3, hefix_plus, no_traces, table2};
use crate::{
    report::{Format, render},
    stats::Estimate,
};

fn estimate(value: f64) -> Estimate {
    Estimate { value, low: value - 0.02, high: value + 0.02 }
}

fn ours() -> Vec<Ours> {
    let values = |base: f64| BTreeMap::from([(1, estimate(base)), (8, estimate(base + 0.2))]);
    vec![
        Ours { name: "Base 0.5B".to_owned(), end_to_end: values(0.1), ..Ours::default() },
        Ours {
            name: "Base 0.5B + self-training".to_owned(),
            end_to_end: values(0.15),
            proxy: BTreeMap::from([(1, estimate(0.09))]),
            baseline: Some(0),
        },
    ]
}

fn ours_by_traces() -> Vec<OursByTraces> {
    let row = |name: &str, trained, with: f64, without, baseline| OursByTraces {
        name: name.to_owned(),
        trained,
        with_traces: Some(estimate(with)),
        without_traces: without,
        baseline,
    };
    vec![
        row("Base 0.5B", Trained::Not, 0.1, Some(estimate(0.09)), None),
        row("Base 0.5B", Trained::With, 0.15, Some(estimate(0.08)), Some(0)),
        row("Base 0.5B", Trained::Without, 0.11, None, Some(0)),
    ]
}

fn tables() -> Vec<(&'static str, Table)> {
    vec![
        ("table2", table2(&[])),
        ("table2-ours", table2(&ours())),
        ("figure3", figure3(&ours())),
        ("no-traces", no_traces(&ours_by_traces())),
        ("hefix-plus", hefix_plus(&ours())),
    ]
}

#[test]
fn as_a_terminal_shows_them() {
    for (name, table) in tables() {
        insta::assert_snapshot!(name, render(&table, Format::Text));
    }
}

#[test]
fn in_latex_as_in_the_paper() {
    insta::assert_snapshot!("table2.tex", render(&table2(&[]), Format::Latex));
}

#[test]
fn every_row_says_where_it_comes_from() {
    for (name, table) in tables() {
        for row in &table.rows {
            let any = row.cells.iter().any(|cell| !matches!(cell, Cell::Text { .. } | Cell::Empty));
            assert!(!any || row.provenance.is_some(), "{name}: {row:?}");
            assert!(row.cells.len() == table.columns.len(), "{name}: {row:?}");
        }
        assert!(table.notes[0].starts_with("Where the paper's numbers come from: ["));
    }
}

#[test]
fn without_ours_nothing_is_said_of_them() {
    for table in [table2(&[]), figure3(&[]), no_traces(&[]), hefix_plus(&[])] {
        assert!(!table.rows.iter().any(|row| row.rule || row.provenance.as_deref() == Some("ours")));
        assert!(!table.notes.iter().any(|note| note.contains("like for like")));
    }
}

#[test]
fn gains_are_over_the_baseline_and_only_there() {
    let mut rows = ours();
    let gains = |rows: &[Ours]| -> Vec<Option<f64>> {
        let table = table2(rows);
        let row = table.rows.last().unwrap();
        row.cells
            .iter()
            .filter_map(|cell| match cell {
                Cell::Percent(percent) => Some(percent.gain.map(|gain| (gain * 1000.0).round() / 1000.0)),
                _ => None,
            })
            .collect()
    };
    // By proxy the baseline was not measured.
    assert_eq!(gains(&rows), [Some(0.05), Some(0.05), None]);
    for baseline in [None, Some(1), Some(7)] {
        rows[1].baseline = baseline;
        assert_eq!(gains(&rows), [None, None, None], "{baseline:?}");
    }
}

#[test]
fn the_papers_numbers_are_exact_fractions() {
    let csv = render(&table2(&[]), Format::Csv);
    assert!(csv.contains("PaLM 2-L+NExT; 0-shot,End-to-end,@1,fraction,,0.493,,,0.261,\"[V, arXiv v1]\""), "{csv}");
}
