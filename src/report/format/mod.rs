//! Tables as text, Markdown, LaTeX, CSV and JSON.

mod csv;
mod json;
mod latex;
pub(super) mod markdown;
pub(super) mod number;
pub(super) mod text;

use super::table::Table;

/// The format that a table is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Aligned columns for a terminal.
    Text,
    /// A table as GitHub shows it.
    Markdown,
    /// A table with booktabs' rules (`\usepackage{booktabs}`).
    Latex,
    /// A record for each number, RFC 4180.
    Csv,
    /// All there is, for programs.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Text, Self::Markdown, Self::Latex, Self::Csv, Self::Json];

    /// The name's usual ending of a file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Latex => "tex",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// `table` written as `format`, with a line break at the end.
#[must_use]
pub fn render(table: &Table, format: Format) -> String {
    match format {
        Format::Text => text::render(table),
        Format::Markdown => markdown::render(table),
        Format::Latex => latex::render(table),
        Format::Csv => csv::render(table),
        Format::Json => json::render(table),
    }
}

/// The table's headers and the text of its cells, a row each: for what lays tables out itself.
#[must_use]
pub fn grid(table: &Table) -> (Vec<String>, Vec<Vec<String>>) {
    let sources = table.has_sources();
    let header = |column: &super::table::Column| match &column.group {
        Some(group) => format!("{group} {}", column.name),
        None => column.name.clone(),
    };
    let headers = table.columns.iter().map(header).chain(sources.then(|| SOURCE.to_owned())).collect();
    (headers, table.rows.iter().map(|row| text::cells(table, row, sources)).collect())
}

/// The header of the column that says where a row's numbers come from.
const SOURCE: &str = "Source";

#[cfg(test)]
mod tests;
