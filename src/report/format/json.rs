//! Tables as JSON: all there is, shares as fractions of 1.

use super::super::table::Table;

pub(super) fn render(table: &Table) -> String {
    // Only maps with keys that are no text can fail, and there are none.
    serde_json::to_string_pretty(table).unwrap_or_default() + "\n"
}
