use super::{
    super::table::{Align, Cell, Column, Interval, Percent, Row, Table},
    Format, render,
};

const HOSTILE: [&str; 6] = [
    "a|b & 50% of $x_1$ \\ {y} ~ ^ #1 @who",
    "[bracket] *star* <b>html</b> `code`",
    "line\nbreak\r\nand\ttab, \"quoted\"",
    "\u{202e}turned \x1b[31mred\u{200b}",
    "שלום עולם -- العربية",
    "=1+1",
];

fn share(value: f64) -> Percent {
    Percent { value, ..Percent::default() }
}

fn sample() -> Table {
    let columns = vec![
        Column::words("Model"),
        Column::numbers("@1", Some("End-to-end")),
        Column::numbers("@5", Some("End-to-end")),
        Column::numbers("@1", Some("Proxy")),
        Column { align: Align::Center, ..Column::numbers("Tasks", None) },
    ];
    let paper = Row {
        cells: vec![
            Cell::text("Paper's"),
            share(0.232).into(),
            Percent { gain: Some(0.224), ..share(0.681) }.into(),
            Percent { provenance: Some("[M]".to_owned()), ..share(0.3) }.into(),
            Cell::Count { count: 1468 },
        ],
        provenance: Some("[V]".to_owned()),
        rule: false,
    };
    let interval = Some(Interval { low: 0.061, high: 0.1 });
    let ours = Row {
        cells: vec![
            Cell::text("Ours"),
            Percent { interval, gain: Some(-0.012), ..share(0.081) }.into(),
            Cell::Empty,
            Cell::Gain { gain: 0.143, provenance: Some("[V, B]".to_owned()) },
        ],
        provenance: Some("ours".to_owned()),
        rule: true,
    };
    Table { caption: "A table".to_owned(), columns, rows: vec![paper, ours], notes: vec!["A note.".to_owned()] }
}

fn hostile() -> Table {
    Table {
        caption: HOSTILE[0].to_owned(),
        columns: vec![Column::words(HOSTILE[1]), Column::numbers(HOSTILE[2], Some(HOSTILE[0]))],
        rows: HOSTILE
            .iter()
            .map(|text| Row {
                cells: vec![
                    Cell::text(*text),
                    Percent { provenance: Some((*text).to_owned()), ..share(f64::NAN) }.into(),
                ],
                provenance: Some((*text).to_owned()),
                rule: false,
            })
            .collect(),
        notes: HOSTILE.map(str::to_owned).to_vec(),
    }
}

#[test]
fn every_format() {
    for format in Format::ALL {
        insta::assert_snapshot!(format!("sample.{}", format.extension()), render(&sample(), format));
        insta::assert_snapshot!(format!("hostile.{}", format.extension()), render(&hostile(), format));
    }
}

#[test]
fn hostile_text_adds_neither_rows_nor_columns() {
    let text = render(&hostile(), Format::Text);
    assert!(!text.contains(['\x1b', '\u{202e}', '\u{200b}']));
    let markdown = render(&hostile(), Format::Markdown);
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + HOSTILE.len());
    for row in rows {
        // One bar before each of the three cells and one after the last.
        assert_eq!(row.matches('|').count() - row.matches("\\|").count(), 4, "{row}");
    }
    let latex = render(&hostile(), Format::Latex);
    for line in latex.lines().filter(|line| line.ends_with("\\\\")) {
        assert_eq!(line.matches('&').count() - line.matches("\\&").count(), 2, "{line}");
    }
}

/// A reader of RFC 4180 that knows nothing of the writer.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => assert_eq!(chars.peek(), Some(&'\n')),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    records
}

#[test]
fn csv_gives_back_what_was_written() {
    let records = read_csv(&render(&hostile(), Format::Csv));
    assert_eq!(records.len(), 1 + HOSTILE.len());
    for (record, text) in records[1..].iter().zip(HOSTILE) {
        assert_eq!((record[1].as_str(), record[10].as_str(), record[6].as_str()), (text, text, ""));
        assert_eq!((record[2].as_str(), record[3].as_str()), (HOSTILE[0], HOSTILE[2]));
    }
    let records = read_csv(&render(&sample(), Format::Csv));
    assert_eq!(records[5][..5], ["2", "Ours", "End-to-end", "@1", "fraction"]);
    assert_eq!(records[5][6..], ["0.081", "0.061", "0.1", "-0.012", "ours"]);
    assert_eq!(records[3][10], "[M]", "a cell's own provenance goes before the row's");
}

#[test]
fn json_gives_back_what_was_written() {
    let value: serde_json::Value = serde_json::from_str(&render(&hostile(), Format::Json)).unwrap();
    for (at, text) in HOSTILE.iter().enumerate() {
        assert_eq!(value["rows"][at]["cells"][0]["text"], *text);
    }
    let value: serde_json::Value = serde_json::from_str(&render(&sample(), Format::Json)).unwrap();
    assert_eq!(value["rows"][1]["cells"][1]["low"], 0.061);
}

#[test]
fn a_table_without_columns_is_no_panic() {
    for format in Format::ALL {
        assert!(!render(&Table::default(), format).is_empty());
    }
}

#[test]
fn prose_keeps_its_words_within_the_width() {
    let text = format!("{}{} the end", "a word, and another ".repeat(40), "x".repeat(150));
    let broken = super::text::paragraph(&text);
    assert!(broken.lines().all(|line| line.len() <= 100 || !line.contains(' ')), "{broken}");
    assert!(broken.lines().filter(|line| line.len() > 80).count() > 5, "lines are filled: {broken}");
    assert_eq!(broken.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
}
