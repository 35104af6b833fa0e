use std::{collections::BTreeSet, path::PathBuf};

use super::{FILES, Provenance, Tag, paper};

/// The list of recovered facts, where it is.
fn facts() -> Option<String> {
    let path = std::env::var_os("TRACEWRIGHT_PAPER")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/paper.md")), PathBuf::from);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: there is no {}", path.display());
    }
    text
}

/// Every scalar of a file, each with the name it stands under.
fn scalars<'a>(value: &'a toml::Value, name: &'a str, out: &mut Vec<(&'a str, String)>) {
    match value {
        toml::Value::String(text) => out.push((name, text.clone())),
        toml::Value::Integer(number) => out.push((name, number.to_string())),
        toml::Value::Float(number) => out.push((name, format!("{number:.1}"))),
        toml::Value::Array(values) => values.iter().for_each(|value| scalars(value, name, out)),
        toml::Value::Table(table) => table.iter().for_each(|(name, value)| scalars(value, name, out)),
        other => panic!("{name}: {other:?}"),
    }
}

fn all_scalars() -> Vec<(&'static str, String, String)> {
    let mut all = Vec::new();
    for (file, text) in FILES {
        let value: toml::Value = toml::from_str(text).unwrap();
        let mut found = Vec::new();
        scalars(&value, "", &mut found);
        all.extend(found.into_iter().map(|(name, text)| (file, name.to_owned(), text)));
    }
    all
}

/// Numbers as they are written, thousands without a comma.
fn numbers(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let mut end = i + digits(i);
        while chars.get(end) == Some(&',') && digits(end + 1) == 3 {
            end += 4;
        }
        if chars.get(end) == Some(&'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        out.push(chars[i..end].iter().filter(|&&c| c != ',').collect());
        i = end;
    }
    out
}

#[test]
fn numbers_are_found_as_written() {
    assert_eq!(numbers("10,047 train, 1, 5; 32.2 -> 42.5."), ["10047", "1", "5", "32.2", "42.5"]);
}

#[test]
fn all_files_parse_and_have_their_shape() {
    let paper = paper();
    assert_eq!(paper.table2.rows.len(), 4);
    for row in &paper.table2.rows {
        assert_eq!(row.end_to_end.len(), paper.table2.k.len(), "{}", row.model);
        assert_eq!(row.proxy.len(), paper.table2.k.len(), "{}", row.model);
    }
    assert_eq!(paper.figure3.rows.len(), 9);
    assert_eq!(paper.hefix_plus.versions.len(), 2);
    assert!(paper.not_recovered.provenance.tag() == Tag::NotRecovered);
}

#[test]
fn gains_are_differences() {
    let equal = |value: f64, base: f64, gain: f64, what: &str| {
        assert!((value - base - gain).abs() < 1e-9, "{what}: {value} - {base} is not {gain}");
    };
    let table = &paper().table2;
    let base = table.rows.iter().find(|row| row.model == table.baseline).unwrap();
    let mut checked = 0;
    for row in &table.rows {
        for (at, gain) in row.end_to_end_gain.iter().enumerate() {
            equal(row.end_to_end[at], base.end_to_end[at], *gain, &row.model);
            checked += 1;
        }
        for (at, gain) in row.proxy_gain.iter().enumerate() {
            equal(row.proxy[at], base.proxy[at], *gain, &row.model);
            checked += 1;
        }
    }
    assert_eq!(checked, 8);

    let rows = &paper().no_traces.rows;
    for row in &rows[1..] {
        for (value, base) in [(&row.with_traces, &rows[0].with_traces), (&row.without_traces, &rows[0].without_traces)]
        {
            if let (Some(value), Some(base)) = (value, base) {
                equal(value.value, base.value, value.gain.unwrap(), &row.model);
            }
        }
    }
    let pmlr = &paper().hefix_plus.versions[0];
    equal(pmlr.next.as_ref().unwrap().value, pmlr.base.as_ref().unwrap().value, pmlr.gain.value, "HeFix+");
}

#[test]
fn the_same_number_is_the_same_everywhere() {
    let (table, no_traces) = (&paper().table2, &paper().no_traces);
    for (at, row) in [(2, 0), (3, 1)] {
        let value = no_traces.rows[row].with_traces.as_ref().unwrap();
        assert!((table.rows[at].end_to_end[0] - value.value).abs() < 1e-9);
        assert_eq!(value.provenance, table.provenance);
    }
}

#[test]
fn hypotheses_are_marked_as_such() {
    let settings = &paper().settings;
    for setting in &settings.hypotheses {
        assert!(setting.provenance.iter().all(|from| from.tag() == Tag::Recalled), "{}", setting.name);
    }
    let known = settings.known.iter().chain(paper().datasets.datasets.iter().flat_map(|set| &set.facts));
    for setting in known {
        let surest = setting.provenance.first().map(Provenance::tag);
        assert!(!matches!(surest, None | Some(Tag::Recalled | Tag::NotRecovered)), "{}", setting.name);
    }
    for (file, name, text) in all_scalars() {
        let hypothesis = name == "provenance" && text.starts_with('M');
        // Of the numbers without traces, what the row is called is a hypothesis; its number is not.
        assert!(!hypothesis || matches!(file, "settings.toml" | "no_traces.toml"), "{file}: {text}");
    }
}

#[test]
fn every_number_and_every_provenance_is_in_the_list_of_facts() {
    let Some(facts) = facts() else { return };
    let known: BTreeSet<String> = numbers(&facts).into_iter().collect();
    let mut checked = 0;
    for (file, name, text) in all_scalars() {
        if name == "provenance" {
            assert!(facts.contains(&format!("[{text}")), "{file}: no [{text}] there");
        }
        for number in numbers(&text) {
            assert!(known.contains(&number), "{file}: {name}: no {number} there");
            checked += 1;
        }
    }
    assert!(checked > 150, "only {checked}");
}

#[test]
fn a_provenance_has_a_tag() {
    let parse = |text: &str| Provenance::try_from(text.to_owned());
    assert_eq!(parse("S C,D").unwrap().tag(), Tag::Secondary);
    assert_eq!(parse("SS").unwrap().tag(), Tag::SeveralSecondary);
    assert_eq!(parse("?").unwrap().to_string(), "[?]");
    assert!(parse("").is_err());
    assert!(parse("Verbatim").is_err());
}
