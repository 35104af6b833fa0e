//! Tables in LaTeX with booktabs' rules, gains as subscripts.

use super::{
    super::plain::one_line,
    super::table::{Align, Cell, Percent, Table},
    SOURCE,
    number::{interval, percent, points},
};

pub(super) fn render(table: &Table) -> String {
    let sources = table.has_sources();
    let mut header: Vec<String> = table.columns.iter().map(|column| escape(&column.name)).collect();
    let mut aligns: String = table.columns.iter().map(|column| letter(column.align)).collect();
    if sources {
        header.push(SOURCE.to_owned());
        aligns.push('l');
    }
    let mut out = format!(
        "\\begin{{table}}\n\\centering\n\\caption{{{}}}\n\\begin{{tabular}}{{{aligns}}}\n\\toprule\n",
        escape(&table.caption)
    );
    if table.columns.iter().any(|column| column.group.is_some()) {
        out.push_str(&groups(table, sources));
    }
    out.push_str(&line(&header));
    out.push_str("\\midrule\n");
    for (at, row) in table.rows.iter().enumerate() {
        if row.rule && at > 0 {
            out.push_str("\\midrule\n");
        }
        let mut cells: Vec<String> = (0..table.columns.len()).map(|at| cell(table.cell(row, at))).collect();
        if sources {
            cells.push(row.provenance.as_deref().map(escape).unwrap_or_default());
        }
        out.push_str(&line(&cells));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    for note in &table.notes {
        out.push_str(&format!("\n{{\\footnotesize {}\\par}}\n", escape(note)));
    }
    out + "\\end{table}\n"
}

fn letter(align: Align) -> char {
    match align {
        Align::Left => 'l',
        Align::Right => 'r',
        Align::Center => 'c',
    }
}

fn line(cells: &[String]) -> String {
    format!("{} \\\\\n", cells.join(" & "))
}

fn groups(table: &Table, sources: bool) -> String {
    let (mut names, mut rules) = (Vec::new(), String::new());
    let mut at = 1;
    for (group, count) in table.groups() {
        match group {
            Some(group) => {
                names.push(format!("\\multicolumn{{{count}}}{{c}}{{{}}}", escape(group)));
                rules.push_str(&format!("\\cmidrule(lr){{{at}-{}}}", at + count - 1));
            }
            None => names.extend(std::iter::repeat_n(String::new(), count)),
        }
        at += count;
    }
    if sources {
        names.push(String::new());
    }
    format!("{}{rules}\n", line(&names))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } => escape(text),
        Cell::Code { text } => format!("\\texttt{{{}}}", escape(text)),
        Cell::Percent(Percent { value, interval: between, gain, provenance }) => {
            let mut out = dash(percent(*value));
            if let Some(gain) = gain {
                out.push_str(&format!("$_{{{}}}$", dash(points(*gain))));
            }
            if let Some(between) = between {
                out.push_str(&format!(" {{\\scriptsize [{}]}}", dash(interval(*between))));
            }
            out + &source(provenance.as_deref())
        }
        Cell::Gain { gain, provenance } => format!("--$_{{{}}}$", dash(points(*gain))) + &source(provenance.as_deref()),
        Cell::Count { count } => count.to_string(),
        Cell::Empty => "--".to_owned(),
    }
}

fn source(provenance: Option<&str>) -> String {
    provenance.map(|text| format!(" {{\\scriptsize {}}}", escape(text))).unwrap_or_default()
}

fn dash(text: String) -> String {
    if text.is_ascii() { text } else { text.replace(super::number::DASH, "--") }
}

/// Text that stands for itself. Brackets and stars too: after a row's `\\` they would be its arguments.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '[' | ']' | '*' => out.push_str(&format!("{{{c}}}")),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            // No ligatures: two hyphens are two hyphens.
            '-' | '`' | '\'' if last == c => out.push_str(&format!("{{}}{c}")),
            c => out.push(c),
        }
        last = c;
    }
    out
}
