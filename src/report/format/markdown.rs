//! Tables as GitHub shows them (GitHub Flavored Markdown, section 4.10).

use super::{
    super::plain::one_line,
    super::table::{Align, Cell, Column, Percent, Table},
    SOURCE,
    number::{DASH, interval, percent, points},
};

pub(super) fn render(table: &Table) -> String {
    let sources = table.has_sources();
    let mut header: Vec<String> = table.columns.iter().map(name).collect();
    let mut marks: Vec<&str> = table.columns.iter().map(|column| mark(column.align)).collect();
    if sources {
        header.push(SOURCE.to_owned());
        marks.push(mark(Align::Left));
    }
    let mut out = format!("**{}**\n\n{}{}", escape(table.caption.trim()), line(&header), line(&marks));
    for row in &table.rows {
        let mut cells: Vec<String> = (0..table.columns.len()).map(|at| cell(table.cell(row, at))).collect();
        if sources {
            cells.push(row.provenance.as_deref().map(escape).unwrap_or_default());
        }
        out.push_str(&line(&cells));
    }
    for note in &table.notes {
        out.push_str(&format!("\n{}\n", paragraph(note)));
    }
    out
}

/// The header of a column, with its group: there is one line of headers.
fn name(column: &Column) -> String {
    match &column.group {
        Some(group) => format!("{} {}", escape(group), escape(&column.name)),
        None => escape(&column.name),
    }
}

fn mark(align: Align) -> &'static str {
    match align {
        Align::Left => ":--",
        Align::Right => "--:",
        Align::Center => ":-:",
    }
}

fn line<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {} |", cell.as_ref())).collect();
    format!("|{cells}\n")
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } => escape(text),
        Cell::Code { text } => code(text),
        Cell::Percent(Percent { value, interval: between, gain, provenance }) => {
            let mut out = percent(*value);
            if let Some(gain) = gain {
                out.push_str(&format!("<sub>{}</sub>", points(*gain)));
            }
            if let Some(between) = between {
                out.push_str(&format!(" \\[{}\\]", interval(*between)));
            }
            out + &source(provenance.as_deref())
        }
        Cell::Gain { gain, provenance } => {
            format!("{DASH}<sub>{}</sub>", points(*gain)) + &source(provenance.as_deref())
        }
        Cell::Count { count } => count.to_string(),
        Cell::Empty => DASH.to_owned(),
    }
}

/// Code, unless it holds what ends a code span or a cell.
fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() || text.contains(['`', '|']) { escape(&text) } else { format!("`{text}`") }
}

fn source(provenance: Option<&str>) -> String {
    provenance.map(|text| format!(" {}", escape(text))).unwrap_or_default()
}

/// Text that stands for itself: no cell ends in it, and no markup or HTML begins.
pub(in super::super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = one_line(text);
    let mut chars = text.chars().peekable();
    let mut in_word = false;
    while let Some(c) = chars.next() {
        let follows_word = std::mem::replace(&mut in_word, c.is_alphanumeric());
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // GitHub makes users of @names and issues of #1; nothing escapes those but an entity.
            '@' if !follows_word && chars.peek().is_some_and(char::is_ascii_alphabetic) => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A paragraph, even where the text begins as a list does.
fn paragraph(text: &str) -> String {
    let text = escape(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits).copied();
    match mark {
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{text}"),
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::paragraph;

    #[test]
    fn a_paragraph_is_no_list() {
        assert_eq!(paragraph("- a"), "\\- a");
        assert_eq!(paragraph("1. a"), "1\\. a");
        assert_eq!(paragraph("10 tasks."), "10 tasks.");
    }
}
