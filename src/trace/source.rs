//! The traced text: its rows as they are, and the logical lines that rows belong to.

use serde::Serialize;

/// A text and its rows, numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The text, byte for byte.
    pub text: String,
    /// The first and the last row of each logical line, in order; empty for a text that is no Python.
    #[serde(skip)]
    lines: Vec<(u32, u32)>,
    /// The row of the first decorator and the row of the `def` or `class`, where they differ.
    #[serde(skip)]
    definitions: Vec<(u32, u32)>,
    /// The statements by row, in order.
    #[serde(skip)]
    statements: Vec<Statement>,
}

/// A statement: what it reads and binds, its body apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The row where the statement begins.
    pub row: u32,
    /// The row where the compound statement or function around it begins.
    pub inside: Option<u32>,
    /// The names that it reads.
    pub reads: Vec<String>,
    /// The names that it binds.
    pub binds: Vec<String>,
}

impl Source {
    pub(crate) fn new(text: String) -> Self {
        Self { text, lines: Vec::new(), definitions: Vec::new(), statements: Vec::new() }
    }

    pub(super) fn set_structure(
        &mut self,
        mut lines: Vec<(u32, u32)>,
        definitions: Vec<(u32, u32)>,
        mut statements: Vec<Statement>,
    ) {
        lines.sort_unstable();
        statements.sort_by_key(|statement| statement.row);
        (self.lines, self.definitions, self.statements) = (lines, definitions, statements);
    }

    /// The statements that begin on the logical line of `row`: several with `;`.
    pub(super) fn statements(&self, row: u32) -> &[Statement] {
        let (first, last) = self.logical(row);
        let from = self.statements.partition_point(|statement| statement.row < first);
        let to = self.statements.partition_point(|statement| statement.row <= last);
        &self.statements[from..to]
    }

    /// The rows, each with its line ending.
    #[must_use]
    pub fn rows(&self) -> Vec<&str> {
        let mut rows = Vec::new();
        let mut rest = self.text.as_str();
        while !rest.is_empty() {
            // As Python counts: a carriage return alone ends a row too.
            let end = rest
                .find(['\n', '\r'])
                .map_or(rest.len(), |at| at + if rest[at..].starts_with("\r\n") { 2 } else { 1 });
            let (row, after) = rest.split_at(end);
            rows.push(row);
            rest = after;
        }
        rows
    }

    /// The row without its line ending; empty beyond the end.
    #[must_use]
    pub fn row(&self, row: u32) -> &str {
        let index = (row as usize).wrapping_sub(1);
        self.rows().get(index).copied().map_or("", without_ending)
    }

    /// The first and the last row of the logical line that `row` belongs to.
    #[must_use]
    pub fn logical(&self, row: u32) -> (u32, u32) {
        let after = self.lines.partition_point(|(first, _)| *first <= row);
        match after.checked_sub(1).map(|index| self.lines[index]) {
            Some((first, last)) if row <= last => (first, last),
            _ => (row, row),
        }
    }

    /// The row of the `def` that a call's `row` stands for: past its decorators.
    #[must_use]
    pub fn definition(&self, row: u32) -> u32 {
        self.definitions.iter().find(|(first, _)| *first == row).map_or(row, |(_, definition)| *definition)
    }

    /// Whether the logical line at `row` has `word` in it.
    #[must_use]
    pub fn mentions(&self, row: u32, word: &str) -> bool {
        let (first, last) = self.logical(row);
        (first..=last).any(|row| self.row(row).split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|w| w == word))
    }

    /// Whether the logical line at `row` is a statement of its own, rather than the head of a compound one or a definition.
    #[must_use]
    pub fn is_simple(&self, row: u32) -> bool {
        let (first, last) = self.logical(row);
        let text = self.row(first).trim_start();
        let word: &str = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        let compound = [
            "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class", "async",
            "import", "from", "global", "nonlocal",
        ];
        let soft = ["match", "case"].contains(&word) && self.row(last).trim_end().ends_with(':');
        !(compound.contains(&word) || soft || text.starts_with('@'))
    }
}

pub(super) fn without_ending(row: &str) -> &str {
    let row = row.strip_suffix('\n').unwrap_or(row);
    row.strip_suffix('\r').unwrap_or(row)
}
