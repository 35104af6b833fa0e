//! The figures in README.md and docs/ are those of the tables that were measured, and of the files that can be counted.
//!
//! Behind a sentence that quotes a figure stands `<!-- figure: NAME -->`. `benchmarks/figures.toml` says what the figure is and where it comes
//! from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// An entry of `benchmarks/figures.toml`.
struct Figure {
    /// The figure as texts quote it, with its unit.
    value: String,
    origin: Origin,
}

/// The origin of a figure.
enum Origin {
    /// The thing that is counted anew.
    Counted(String),
    /// A page, and the words there that hold the figure.
    Measured { table: String, says: String },
}

impl Figure {
    fn read(name: &str, mut fields: BTreeMap<String, String>) -> Self {
        let value = fields.remove("value").unwrap_or_else(|| panic!("{name} has no `value`"));
        let mut field = |field: &str| fields.remove(field);
        let origin = match (field("counted"), field("command"), field("table"), field("says")) {
            (Some(what), None, None, None) => Origin::Counted(what),
            (None, Some(_), Some(table), Some(says)) => Origin::Measured { table, says },
            _ => panic!("{name}: either `counted`, or `command`, `table` and `says`"),
        };
        assert!(fields.is_empty(), "{name}: unknown fields {fields:?}");
        Self { value, origin }
    }

    /// The number alone: in tables units may stand elsewhere.
    fn number(&self) -> &str {
        self.value.split(' ').next().unwrap_or_default()
    }
}

/// Digits that are names and no figures.
const NAMES: [&str; 9] =
    ["CPython 3.14", "CPython 3.11", "Rust 1.95", "Python 3.10", "ICML 2024", "x86-64", "Apache-2.0", "pass@1", "95 %"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn figures() -> BTreeMap<String, Figure> {
    let entries: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&read("benchmarks/figures.toml")).unwrap();
    entries.into_iter().map(|(name, fields)| (name.clone(), Figure::read(&name, fields))).collect()
}

/// The pages that quote figures.
fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let names = docs.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut pages: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md")).collect();
    pages.sort();
    pages.iter().map(|name| format!("docs/{name}")).chain(["README.md".to_owned()]).collect()
}

/// A text on one line, with single blanks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of a page, without code blocks, each on one line.
fn paragraphs(page: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut fenced = false;
    for line in page.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        match paragraphs.last_mut() {
            Some(last) if !fence && !fenced && !line.trim().is_empty() => last.push_str(&format!("{line} ")),
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.iter().map(|paragraph| one_line(paragraph)).filter(|paragraph| !paragraph.is_empty()).collect()
}

/// A paragraph's pieces, each with the name of the figure whose mark ends it; the last has none.
fn pieces(paragraph: &str) -> Vec<(&str, Option<&str>)> {
    let mut pieces = Vec::new();
    let mut rest = paragraph;
    while let Some((piece, after)) = rest.split_once("<!-- figure: ") {
        let (name, after) = after.split_once(" -->").unwrap_or_else(|| panic!("a mark without an end: {paragraph}"));
        pieces.push((piece, Some(name)));
        rest = after;
    }
    pieces.push((rest, None));
    pieces
}

/// The place where `text` holds `value` as a number of its own, and not as a part of another.
fn find(text: &str, value: &str) -> Option<usize> {
    let part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.match_indices(value).map(|(at, _)| at).find(|&at| {
        let mut after = text[at + value.len()..].chars();
        let (next, second) = (after.next().unwrap_or(' '), after.next().unwrap_or(' '));
        let goes_on = next.is_ascii_digit() || (part(next) && second.is_ascii_digit());
        !text[..at].ends_with(part) && !goes_on
    })
}

/// A count with commas between thousands.
fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Counts what an entry names.
fn count(what: &str) -> usize {
    let attacks = || {
        let files = fs::read_dir(root().join("tests/attacks")).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "py"))
    };
    let may_pass = |path: &PathBuf| {
        let program = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let expected = program.lines().find_map(|line| line.strip_prefix("# expect: ")).unwrap().to_owned();
        expected.split(" or ").any(|verdict| verdict.trim() == "pass")
    };
    let sets = |plus: bool| -> Vec<Value> {
        let sets: Value = serde_json::from_str(&read("results/samples/sets.json")).unwrap();
        let all = sets["sets"].as_array().unwrap().clone();
        all.into_iter().filter(|set| (set["dataset"] == "humanevalfixplus") == plus).collect()
    };
    let compared = |plus| sets(plus).iter().map(|set| set["compared"].as_u64().unwrap()).sum::<u64>();
    let differ = |plus| sets(plus).iter().map(|set| set["other"].as_array().unwrap().len()).sum();
    match what {
        "attack files" => attacks().count(),
        "attack files that no verdict of a pass is allowed for" => attacks().filter(|path| !may_pass(path)).count(),
        "forms of tests that attacks are run under" => {
            let text = read("tests/attacks/forms.rs");
            let after = text.split_once("const FORMS: [&str; ").unwrap().1;
            after.split_once(']').unwrap().0.parse().unwrap()
        }
        "tasks of the bundled benchmark" => read("benchmarks/mini/tasks.jsonl").lines().count(),
        "candidates of the bundled benchmark" => read("benchmarks/mini/candidates.jsonl").lines().count(),
        "native verdicts compared with" => usize::try_from(compared(false)).unwrap(),
        "native verdicts that differ" => differ(false),
        "native verdicts compared with under HumanEvalFix+" => usize::try_from(compared(true)).unwrap(),
        "native verdicts that differ under HumanEvalFix+" => differ(true),
        other => panic!("nobody knows how to count the {other}"),
    }
}

#[test]
fn figures_are_what_was_measured_or_can_be_counted() {
    for (name, figure) in figures() {
        match &figure.origin {
            Origin::Counted(what) => assert_eq!(figure.value, thousands(count(what)), "{name}"),
            Origin::Measured { table, says } => {
                assert!(find(says, figure.number()).is_some(), "{name}: {} is not in `{says}`", figure.value);
                assert!(one_line(&read(table)).contains(&one_line(says)), "{name}: {table} does not say `{says}`");
            }
        }
    }
}

#[test]
fn sentences_hold_the_figures_that_they_quote() {
    let figures = figures();
    let mut quoted = BTreeSet::new();
    for page in pages() {
        for paragraph in paragraphs(&read(&page)) {
            for (piece, name) in pieces(&paragraph) {
                let Some(name) = name else { continue };
                let figure = figures.get(name).unwrap_or_else(|| panic!("{page} quotes {name}, which is no figure"));
                assert!(find(piece, &figure.value).is_some(), "{page}: {name} is {}, but: {piece}", figure.value);
                quoted.insert(name.to_owned());
            }
        }
    }
    let idle: Vec<&String> = figures.keys().filter(|name| !quoted.contains(*name)).collect();
    assert!(idle.is_empty(), "figures that nobody quotes: {idle:?}");
}

#[test]
fn the_readme_has_no_other_numbers() {
    let figures = figures();
    for paragraph in paragraphs(&read("README.md")) {
        let mut left = String::new();
        for (piece, name) in pieces(&paragraph) {
            let mut piece = piece.to_owned();
            if let Some(figure) = name.and_then(|name| figures.get(name))
                && let Some(at) = find(&piece, &figure.value)
            {
                piece.replace_range(at..at + figure.value.len(), "");
            }
            left.push_str(&piece);
        }
        // What stands between back quotes, and the targets of links.
        let mut left: String = left.split('`').step_by(2).collect();
        while let Some((before, after)) = left.split_once("](") {
            left = format!("{before} {}", after.split_once(')').map_or("", |(_, rest)| rest));
        }
        let left = NAMES.iter().fold(left, |text, name| text.replace(name, ""));
        assert!(!left.contains(|c: char| c.is_ascii_digit()), "a number without a mark in: {left}");
    }
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let page = read("README.md");
    let block = page.split_once("cargo run -- demo").unwrap().1.split_once("```text\n").unwrap().1;
    let block = block.split_once("```").unwrap().0;
    let printed = read("tests/end_to_end/snapshots/end_to_end__demo__demo_prints_what_the_readme_shows.snap");
    let mut printed = printed.lines();
    for line in block.lines().filter(|line| !line.is_empty() && !line.starts_with("took ")) {
        assert!(printed.any(|other| other.trim_end() == line.trim_end()), "the demo does not print: {line}");
    }
}
