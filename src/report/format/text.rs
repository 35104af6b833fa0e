//! Aligned columns for a terminal.

use super::{
    super::plain::one_line,
    super::table::{Align, Cell, Percent, Row, Table},
    SOURCE,
    number::{DASH, interval, percent, points},
};

/// Between columns.
const GAP: usize = 2;
/// Prose is broken into lines of this many columns.
const PROSE_WIDTH: usize = 100;

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
    let mut widths: Vec<usize> = (0..header.len())
        .map(|at| rows.iter().chain([&header]).map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    widen_for_groups(table, &mut widths);

    let mut out = one_line(&table.caption) + "\n\n";
    if table.columns.iter().any(|column| column.group.is_some()) {
        let (names, lines) = groups(table, &widths);
        out.push_str(&format!("{}\n{}\n", names.trim_end(), lines.trim_end()));
    }
    out.push_str(&line(&header, &widths, &aligns));
    let rule = "-".repeat(widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)) + "\n";
    out.push_str(&rule);
    for (at, row) in table.rows.iter().enumerate() {
        if row.rule && at > 0 {
            out.push_str(&rule);
        }
        out.push_str(&line(&rows[at], &widths, &aligns));
    }
    for note in &table.notes {
        out.push_str(&format!("\n{}", paragraph(note)));
    }
    out
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
    wrap(&one_line(text), PROSE_WIDTH)
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

fn line(cells: &[String], widths: &[usize], aligns: &[Align]) -> String {
    let cells: Vec<String> =
        cells.iter().zip(widths).zip(aligns).map(|((cell, width), align)| pad(cell, *width, *align)).collect();
    cells.join(&" ".repeat(GAP)).trim_end().to_owned() + "\n"
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
fn widen_for_groups(table: &Table, widths: &mut [usize]) {
    let mut at = 0;
    for (group, count) in table.groups() {
        let have = widths[at..at + count].iter().sum::<usize>() + GAP * (count - 1);
        let need = group.map_or(0, |group| width(&one_line(group)));
        widths[at + count - 1] += need.saturating_sub(have);
        at += count;
    }
}

/// The line of the groups' headers, and the rules below them.
fn groups(table: &Table, widths: &[usize]) -> (String, String) {
    let (mut names, mut lines) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (group, count) in table.groups() {
        let wide = widths[at..at + count].iter().sum::<usize>() + GAP * (count - 1);
        names.push(pad(&group.map(one_line).unwrap_or_default(), wide, Align::Center));
        lines.push(if group.is_some() { "-" } else { " " }.repeat(wide));
        at += count;
    }
    (names.join(&" ".repeat(GAP)), lines.join(&" ".repeat(GAP)))
}
