//! A table, whatever it is written as.

use serde::Serialize;

/// A table: columns in groups, rows of cells, and what to know of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Table {
    /// The caption: what the table shows.
    pub caption: String,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// The table's rows. A row with fewer cells than columns ends in empty cells.
    pub rows: Vec<Row>,
    /// Notes on where the numbers come from and what they cannot be compared with: a paragraph each.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The column's header.
    pub name: String,
    /// The header over it and its neighbours of the same group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The place of cells in the column.
    pub align: Align,
}

/// The place of cells in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
    /// Cells in the middle.
    Center,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Row {
    /// The row's cells.
    pub cells: Vec<Cell>,
    /// The provenance of the row's numbers, unless a number says otherwise; shown once, in a last column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
    /// Whether another part of the table begins here: a line above.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rule: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cell {
    /// Words.
    Text {
        /// The text; from anywhere, so every format makes them safe.
        text: String,
    },
    /// A command, or a name in a program.
    Code {
        /// The text, as it is typed.
        text: String,
    },
    /// A share, such as pass@k.
    Percent(Percent),
    /// A difference of shares where neither of them is known: a dash with a gain.
    Gain {
        /// The difference as a fraction of 1: 0.143 is printed as +14.3.
        gain: f64,
        /// The provenance of the gain, if not from where the row does.
        #[serde(skip_serializing_if = "Option::is_none")]
        provenance: Option<String>,
    },
    /// A number of things.
    Count {
        /// The number.
        count: u64,
    },
    /// A number that was not measured: a dash.
    Empty,
}

/// A share with what is known of it; all numbers are fractions of 1, printed as percent with one decimal.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Percent {
    /// The share.
    pub value: f64,
    /// The share's confidence interval.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The gain over another row: signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gain: Option<f64>,
    /// The provenance of the share, if not from where the row does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
}

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), group: None, align: Align::Left }
    }

    /// A column of numbers, under a header that it may share.
    #[must_use]
    pub fn numbers(name: impl Into<String>, group: Option<&str>) -> Self {
        Self { name: name.into(), group: group.map(str::to_owned), align: Align::Right }
    }
}

impl Cell {
    /// A cell of words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

impl From<Percent> for Cell {
    fn from(percent: Percent) -> Self {
        Self::Percent(percent)
    }
}

impl Table {
    /// The cell at `column` of `row`.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a Row, column: usize) -> &'a Cell {
        row.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Runs of columns under the same header: the header and how many columns it has.
    #[must_use]
    pub fn groups(&self) -> Vec<(Option<&str>, usize)> {
        let mut groups: Vec<(Option<&str>, usize)> = Vec::new();
        for column in &self.columns {
            match (groups.last_mut(), column.group.as_deref()) {
                (Some((last, count)), group) if *last == group => *count += 1,
                (_, group) => groups.push((group, 1)),
            }
        }
        groups
    }

    /// Whether any row says where its numbers come from.
    #[must_use]
    pub fn has_sources(&self) -> bool {
        self.rows.iter().any(|row| row.provenance.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Table};

    #[test]
    fn neighbours_share_a_header() {
        let column = |group| Column::numbers("", group);
        let columns = vec![column(None), column(Some("a")), column(Some("a")), column(Some("b")), column(Some("a"))];
        let table = Table { columns, ..Table::default() };
        assert_eq!(table.groups(), [(None, 1), (Some("a"), 2), (Some("b"), 1), (Some("a"), 1)]);
    }
}
