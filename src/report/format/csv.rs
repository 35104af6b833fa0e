//! Tables as a record for each cell: RFC 4180, in the tidy long form.
//!
//! The first column's text is the row's `label`; a record follows for each other cell. Shares are fractions of 1 in full precision;
//! a cell that was not measured has a record without numbers.

use super::super::table::{Cell, Percent, Table};

const HEADER: [&str; 11] =
    ["row", "label", "group", "column", "unit", "text", "value", "low", "high", "gain", "provenance"];

pub(super) fn render(table: &Table) -> String {
    let mut out = record(&HEADER.map(str::to_owned));
    for (number, row) in table.rows.iter().enumerate() {
        let label = match row.cells.first() {
            Some(Cell::Text { text }) => text.as_str(),
            _ => "",
        };
        for (at, column) in table.columns.iter().enumerate().skip(1) {
            let mut fields = Fields::of(table.cell(row, at));
            let known = fields.provenance.take().or_else(|| row.provenance.clone());
            out.push_str(&record(&[
                (number + 1).to_string(),
                label.to_owned(),
                column.group.clone().unwrap_or_default(),
                column.name.clone(),
                fields.unit.to_owned(),
                fields.text,
                fields.value,
                fields.low,
                fields.high,
                fields.gain,
                known.unwrap_or_default(),
            ]));
        }
    }
    out
}

/// The fields that a cell puts into a record.
#[derive(Default)]
struct Fields {
    unit: &'static str,
    text: String,
    value: String,
    low: String,
    high: String,
    gain: String,
    provenance: Option<String>,
}

impl Fields {
    fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Text { text } | Cell::Code { text } => Self { unit: "text", text: text.clone(), ..Self::default() },
            Cell::Percent(Percent { value, interval, gain, provenance }) => Self {
                unit: "fraction",
                value: number(Some(*value)),
                low: number(interval.map(|interval| interval.low)),
                high: number(interval.map(|interval| interval.high)),
                gain: number(*gain),
                provenance: provenance.clone(),
                ..Self::default()
            },
            Cell::Gain { gain, provenance } => {
                Self { unit: "fraction", gain: number(Some(*gain)), provenance: provenance.clone(), ..Self::default() }
            }
            Cell::Count { count } => Self { unit: "count", value: count.to_string(), ..Self::default() },
            Cell::Empty => Self::default(),
        }
    }
}

fn number(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map(|number| number.to_string()).unwrap_or_default()
}

fn record(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quote(field)).collect();
    fields.join(",") + "\r\n"
}

fn quote(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
