//! Tables with a column for each k.

use std::collections::BTreeSet;

use super::{Cell, Column, OURS, Ours, Row, Table, measured};

const END_TO_END: &str = "End-to-end";
const PROXY: &str = "Proxy";

/// A table with rows of ours alone, and columns for the paper's k as well as ours.
pub(super) fn table(end_to_end: &[u64], proxy: &[u64], ours: &[Ours]) -> Table {
    let end_to_end: BTreeSet<u64> =
        end_to_end.iter().chain(ours.iter().flat_map(|row| row.end_to_end.keys())).copied().collect();
    let proxy: BTreeSet<u64> = proxy.iter().chain(ours.iter().flat_map(|row| row.proxy.keys())).copied().collect();
    let mut columns = vec![Column::words("Model")];
    columns.extend(end_to_end.iter().map(|k| Column::numbers(format!("@{k}"), Some(END_TO_END))));
    columns.extend(proxy.iter().map(|k| Column::numbers(format!("@{k}"), Some(PROXY))));
    let rows = ours.iter().enumerate().map(|(at, row)| {
        // No row gains over itself.
        let base = row.baseline.filter(|&base| base != at).and_then(|base| ours.get(base));
        let mut cells = vec![Cell::text(&row.name)];
        cells.extend(end_to_end.iter().map(|k| {
            row.end_to_end
                .get(k)
                .map_or(Cell::Empty, |estimate| measured(estimate, base.and_then(|base| base.end_to_end.get(k))))
        }));
        cells.extend(proxy.iter().map(|k| {
            row.proxy.get(k).map_or(Cell::Empty, |estimate| measured(estimate, base.and_then(|base| base.proxy.get(k))))
        }));
        Row { cells, provenance: Some(OURS.to_owned()), rule: at == 0 }
    });
    Table { rows: rows.collect(), columns, ..Table::default() }
}

/// The place of each column of numbers: whether it is one of the proxy's, and its k.
pub(super) fn places(table: &Table) -> Vec<(bool, u64)> {
    let columns = table.columns.iter().skip(1);
    columns
        .filter_map(|column| {
            Some((column.group.as_deref() == Some(PROXY), column.name.strip_prefix('@')?.parse().ok()?))
        })
        .collect()
}

/// The row with nothing but k = 1.
pub(super) fn only_pass_at_1(row: &Ours) -> Ours {
    let mut row = row.clone();
    row.end_to_end.retain(|&k, _| k == 1);
    row.proxy.retain(|&k, _| k == 1);
    row
}
