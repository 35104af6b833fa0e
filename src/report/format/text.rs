//! Aligned columns for a terminal.

use super::{
    super::plain::one_line,
    super::table::{Align, Cell, Percent, Row, Table},
    SOURCE,
    number::{DASH, interval, percent, points},
};

/// The space between columns.
const GAP: usize = 2;
/// The columns of a terminal that tables and prose fit in.
const WIDTH: usize = 100;
/// The least width that words are wrapped to in a table that is too wide.
const NARROW: usize = 16;

/// A table as it is laid out.
struct Grid<'a> {
    table: &'a Table,
    header: Vec<String>,
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
    widths: Vec<usize>,
}

pub(super) fn render(table: &Table) -> String {
    let sources = table.has_sources();
    let mut header: Vec<String> = table.columns.iter().map(|column| one_line(&column.name)).collect();
    let mut aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    if sources {
        header.push(SOURCE.to_owned());
        aligns.push(Align::Left);
    }
    let mut rows: Vec<Vec<String>> = table.rows.iter().map(|row| cells(table, row, sources)).collect();
    for (at, align) in aligns.iter().enumerate() {
        if *align == Align::Right {
            align_numbers(&mut rows, at);
        }
    }
    let widths: Vec<usize> = (0..header.len())
        .map(|at| rows.iter().chain([&header]).map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    let grid = Grid { table, header, aligns, rows, widths };

    let caption = one_line(&table.caption);
    let mut out = if width(&caption) > WIDTH { wrap(&caption, WIDTH) } else { caption + "\n" };
    for part in grid.parts() {
        out.push('\n');
        out.push_str(&grid.part(&part));
    }
    for note in &table.notes {
        out.push_str(&format!("\n{}", paragraph(note)));
    }
    out
}

impl Grid<'_> {
    /// The columns that stand side by side: all of them, where they fit; else as many groups as fit, each time behind the first column.
    fn parts(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.header.len()).collect();
        if self.fits(&all) {
            return vec![all];
        }
        let mut units: Vec<Vec<usize>> = Vec::new();
        let mut at = 0;
        for (group, count) in self.table.groups() {
            let columns: Vec<usize> = (at..at + count).filter(|at| *at > 0).collect();
            at += count;
            let whole = group.is_some() && self.fits(&[&[0], columns.as_slice()].concat());
            if whole {
                units.push(columns);
            } else {
                units.extend(columns.into_iter().map(|column| vec![column]));
            }
        }
        units.extend((at..self.header.len()).map(|column| vec![column]));
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for unit in units {
            match parts.last_mut() {
                Some(last) if self.fits(&[last.as_slice(), unit.as_slice()].concat()) => last.extend(unit),
                _ => parts.push([&[0], unit.as_slice()].concat()),
            }
        }
        parts
    }

    /// Whether columns fit side by side, their words wrapped if need be.
    fn fits(&self, columns: &[usize]) -> bool {
        let least = |at: &usize| match self.aligns[*at] {
            Align::Left => self.widths[*at].min(NARROW.max(self.longest_word(*at))),
            _ => self.widths[*at],
        };
        total(columns.iter().map(least)) <= WIDTH
    }

    fn longest_word(&self, at: usize) -> usize {
        let words = self.rows.iter().chain([&self.header]).flat_map(|row| row[at].split(' '));
        words.map(width).max().unwrap_or(0)
    }

    /// The widths of columns side by side: words give way until they fit.
    fn fitted(&self, columns: &[usize]) -> Vec<usize> {
        let mut widths: Vec<usize> = columns.iter().map(|at| self.widths[*at]).collect();
        let least: Vec<usize> = columns.iter().map(|at| NARROW.max(self.longest_word(*at))).collect();
        while total(widths.iter().copied()) > WIDTH {
            let words =
                (0..columns.len()).filter(|at| self.aligns[columns[*at]] == Align::Left && widths[*at] > least[*at]);
            let Some(widest) = words.max_by_key(|at| widths[*at]) else { break };
            widths[widest] -= 1;
        }
        widths
    }

    /// The text of some columns of the table.
    fn part(&self, columns: &[usize]) -> String {
        let mut widths = self.fitted(columns);
        let groups = self.groups(columns);
        widen_for_groups(&groups, &mut widths);
        let mut out = String::new();
        if groups.iter().any(|(group, _)| group.is_some()) {
            let (names, lines) = group_lines(&groups, &widths);
            out.push_str(&format!("{}\n{}\n", names.trim_end(), lines.trim_end()));
        }
        let aligns: Vec<Align> = columns.iter().map(|at| self.aligns[*at]).collect();
        let line = |cells: &[String]| {
            let cells: Vec<String> = columns.iter().map(|at| cells[*at].clone()).collect();
            lines(&cells, &widths, &aligns)
        };
        out.push_str(&line(&self.header));
        let rule = "-".repeat(total(widths.iter().copied())) + "\n";
        out.push_str(&rule);
        for (at, row) in self.table.rows.iter().enumerate() {
            if row.rule && at > 0 {
                out.push_str(&rule);
            }
            out.push_str(&line(&self.rows[at]));
        }
        out
    }

    /// Runs of some columns under the same header: the header and how many columns it has.
    fn groups(&self, columns: &[usize]) -> Vec<(Option<String>, usize)> {
        let mut groups: Vec<(Option<String>, usize)> = Vec::new();
        for at in columns {
            let group = self.table.columns.get(*at).and_then(|column| column.group.as_deref()).map(one_line);
            match groups.last_mut() {
                Some((last, count)) if *last == group => *count += 1,
                _ => groups.push((group, 1)),
            }
        }
        groups
    }
}

/// The width of columns with the gaps between them.
fn total(widths: impl Iterator<Item = usize>) -> usize {
    widths.fold(0, |sum, width| if sum == 0 { width } else { sum + GAP + width })
}

pub(super) fn cells(table: &Table, row: &Row, sources: bool) -> Vec<String> {
    let mut cells: Vec<String> = (0..table.columns.len()).map(|at| cell(table.cell(row, at))).collect();
    if sources {
        cells.push(row.provenance.as_deref().map(one_line).unwrap_or_default());
    }
    cells
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } | Cell::Code { text } => one_line(text),
        Cell::Percent(Percent { value, interval: between, gain, provenance }) => {
            let mut out = percent(*value);
            if let Some(gain) = gain {
                out.push_str(&format!(" ({})", points(*gain)));
            }
            if let Some(between) = between {
                out.push_str(&format!(" [{}]", interval(*between)));
            }
            out + &source(provenance.as_deref())
        }
        Cell::Gain { gain, provenance } => format!("{DASH} ({})", points(*gain)) + &source(provenance.as_deref()),
        Cell::Count { count } => count.to_string(),
        Cell::Empty => DASH.to_owned(),
    }
}

fn source(provenance: Option<&str>) -> String {
    provenance.map(|text| format!(" {}", one_line(text))).unwrap_or_default()
}

/// Pads what follows the numbers of a column, so that the numbers stand below each other.
fn align_numbers(rows: &mut [Vec<String>], column: usize) {
    let number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '–'));
    if !rows.iter().all(|row| number(&row[column])) {
        return;
    }
    let after = |cell: &str| cell.find(' ').map_or(0, |at| width(&cell[at..]));
    let widest = rows.iter().map(|row| after(&row[column])).max().unwrap_or(0);
    for row in rows {
        let missing = widest - after(&row[column]);
        row[column].push_str(&" ".repeat(missing));
    }
}

/// Prose in lines that a terminal holds.
pub(in super::super) fn paragraph(text: &str) -> String {
    wrap(&one_line(text), WIDTH)
}

fn wrap(text: &str, to: usize) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let need = width(word);
        if used > 0 && used + 1 + need > to {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += need;
    }
    out + "\n"
}

/// A row of cells, in as many lines as the longest of them takes.
fn lines(cells: &[String], widths: &[usize], aligns: &[Align]) -> String {
    let wrapped = |(cell, to): (&String, &usize)| -> Vec<String> {
        if width(cell) <= *to { vec![cell.clone()] } else { wrap(cell, *to).lines().map(str::to_owned).collect() }
    };
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(wrapped).collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for at in 0..count {
        let cells = cells.iter().map(|lines| lines.get(at).map_or("", String::as_str));
        let padded = cells.zip(widths).zip(aligns).map(|((cell, width), align)| pad(cell, *width, *align));
        out.push_str(padded.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end());
        out.push('\n');
    }
    out
}

fn pad(text: &str, to: usize, align: Align) -> String {
    let missing = to.saturating_sub(width(text));
    let before = match align {
        Align::Left => 0,
        Align::Right => missing,
        Align::Center => missing / 2,
    };
    format!("{}{text}{}", " ".repeat(before), " ".repeat(missing - before))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The last column of a group takes what the group's header needs more than its columns have.
fn widen_for_groups(groups: &[(Option<String>, usize)], widths: &mut [usize]) {
    let mut at = 0;
    for (group, count) in groups {
        let have = widths[at..at + count].iter().sum::<usize>() + GAP * (count - 1);
        let need = group.as_deref().map_or(0, width);
        widths[at + count - 1] += need.saturating_sub(have);
        at += count;
    }
}

/// The line of the groups' headers, and the rules below them.
fn group_lines(groups: &[(Option<String>, usize)], widths: &[usize]) -> (String, String) {
    let (mut names, mut lines) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (group, count) in groups {
        let wide = widths[at..at + count].iter().sum::<usize>() + GAP * (count - 1);
        names.push(pad(group.as_deref().unwrap_or_default(), wide, Align::Center));
        lines.push(if group.is_some() { "-" } else { " " }.repeat(wide));
        at += count;
    }
    (names.join(&" ".repeat(GAP)), lines.join(&" ".repeat(GAP)))
}
