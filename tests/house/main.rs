//! The arrows between the rooms of `src`: they run downwards, and no file needs itself by way of others.
//!
//! A room is a module of the crate, or a part of one that stands on a floor of its own. An arrow is any path that the code of one file names
//! in another, through re-exports to where the thing is defined; tests and comments draw none.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod arrows;
mod face;
#[cfg(feature = "report")]
mod figures;
mod papers;
mod source;

use std::{collections::BTreeMap, fs, path::Path};

use arrows::{Arrow, House};

/// The rooms, from the top floor down. A room may use those of lower floors; rooms of one floor know nothing of each other.
const FLOORS: [&[&str]; 13] = [
    &["cli"],
    &["paper", "selftrain"],
    &["embed", "report", "sampling"],
    &["scoring", "dataset::make", "dataset::verify"],
    &["candidates", "train"],
    &["dataset", "model", "pairs"],
    &["prompt", "trace", "syntax"],
    &["judge", "answer"],
    &["sandbox"],
    &["task"],
    &["value", "stats", "journal", "hub"],
    &["files", "http", "layout", "random"],
    &["blame"],
];

/// Rooms that know nothing of each other though one lies lower: models run no sandbox, and whoever only reads tasks judges none.
const STRANGERS: [(&str, &str); 7] = [
    ("model", "judge"),
    ("model", "sandbox"),
    ("train", "judge"),
    ("train", "sandbox"),
    ("prompt", "sandbox"),
    ("dataset", "judge"),
    ("dataset", "sandbox"),
];

/// The files below `folder`, by path.
fn read(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn house() -> House {
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    House::new(&files)
}

/// The room of a module: the longest name of one that the module's own begins with.
fn room(module: &[String]) -> Option<(usize, &'static str)> {
    let rooms = FLOORS.iter().enumerate().flat_map(|(floor, rooms)| rooms.iter().map(move |room| (floor, *room)));
    let holds =
        |room: &str| room.split("::").count() <= module.len() && room.split("::").zip(module).all(|(a, b)| a == b);
    rooms.filter(|(_, room)| holds(room)).max_by_key(|(_, room)| room.len())
}

/// The fault of an arrow, if it has one.
fn fault(arrow: &Arrow) -> Option<String> {
    let (from, to) = (room(&arrow.from_module), room(&arrow.to_module));
    let (Some((above, from)), Some((below, to))) = (from, to) else { return None };
    let strangers = STRANGERS.contains(&(from, to));
    (from != to && (above >= below || strangers))
        .then(|| format!("{} -> {}: {from} may not use {to} ({})", arrow.from, arrow.to, arrow.path.join("::")))
}

#[test]
fn arrows_between_rooms_run_downwards() {
    let arrows = house().arrows();
    assert!(arrows.len() > 1000, "only {} arrows were found in all of src", arrows.len());
    let faults: Vec<String> = arrows.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} arrows are not allowed:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_file_stands_in_a_room() {
    let house = house();
    let lost: Vec<&str> = house
        .files()
        .filter(|(_, module)| !module.is_empty() && room(module).is_none())
        .map(|(file, _)| file)
        .collect();
    assert!(lost.is_empty(), "no floor in FLOORS for {}", lost.join(", "));
}

#[test]
fn no_file_needs_itself_by_way_of_others() {
    let circle = house().circle();
    assert!(circle.is_empty(), "a circle: move what both need below them\n{}", circle.join("\n"));
}

/// Names in run folders, which `src/layout.rs` has for all.
const NAMES: [&str; 20] = [
    "manifest.json",
    "summary.json",
    "verdicts.jsonl",
    "journal.jsonl",
    "tasks.jsonl",
    "differences.jsonl",
    "samples.jsonl",
    "fixes.jsonl",
    "hard.json",
    "metrics.jsonl",
    "timings.jsonl",
    "counts.jsonl",
    "pairs.jsonl",
    "filter.json",
    "training.json",
    "state.safetensors",
    "best.safetensors",
    ".eval_results.json",
    "test-with-traces",
    "test-without-traces",
];

#[test]
fn names_in_run_folders_stand_in_the_layout_alone() {
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut faults = Vec::new();
    // Tests spell the names out: they hold what the layout says.
    for (file, text) in files.iter().filter(|(file, _)| *file != "src/layout.rs" && !file.ends_with("/tests.rs")) {
        let code = text.lines().take_while(|line| *line != "#[cfg(test)]").enumerate();
        for (number, line) in code.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let named =
                NAMES.iter().any(|name| line.contains(&format!("\"{name}\"")) || line.contains(&format!("/{name}\"")));
            let bundled = line.contains("include_");
            if !bundled && (named || line.contains("\"iteration-") || line.contains("\"proxy-{")) {
                faults.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "use crate::layout:\n{}", faults.join("\n"));
}

#[test]
fn an_error_has_its_cause_as_a_source_or_in_its_text() {
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut faults = Vec::new();
    let mut seen = 0;
    for (file, text) in &files {
        for (start, _) in text.match_indices("#[error(") {
            seen += 1;
            let rest = &text[start..];
            let attribute = &rest[..rest.find(")]\n").unwrap_or(rest.len())];
            let variant = rest[attribute.len()..].split("#[error(").next().unwrap_or_default();
            let told = ["{source}", "{source:", "{cause"].iter().any(|name| attribute.contains(name));
            let positional = attribute.contains("{0")
                && variant.lines().nth(1).is_some_and(|line| line.contains("#[source]") || line.contains("#[from]"));
            if told || positional {
                faults.push(format!("{file}: {attribute}"));
            }
        }
    }
    assert!(seen > 100, "only {seen} texts of errors were found");
    assert!(faults.is_empty(), "a cause that is a source is told by blame::told:\n{}", faults.join("\n"));
}

/// A house of these files.
fn sketch(files: &[(&str, &str)]) -> House {
    House::new(&files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn an_arrow_upwards_is_found_wherever_it_hides() {
    for code in [
        "use crate::cli::print;",
        "use crate::{files, cli::{self, print}};",
        "fn f() { crate::cli::print() }",
        "use super::super::cli::print;",
        "mod inner { fn f() { super::super::super::cli::print() } }",
        "/* not here */ fn f() { let quote = '\"'; crate::cli::print() } // nor here \"",
    ] {
        let house = sketch(&[("src/cli/mod.rs", ""), ("src/judge/mod.rs", "mod a;"), ("src/judge/a.rs", code)]);
        let faults: Vec<String> = house.arrows().iter().filter_map(fault).collect();
        assert!(!faults.is_empty(), "{code}");
    }
}

#[test]
fn tests_comments_strings_and_arrows_downwards_are_allowed() {
    for code in [
        "#[cfg(test)]\nmod tests { use crate::cli::print; }",
        "/// [`crate::cli::print`]\nfn f() {}",
        "fn f() -> &'static str { \"crate::cli::print\" }",
        "fn f() -> &'static str { r#\"\"crate::cli::print\"\"# }",
        "pub(in crate::judge) fn f() { crate::files::read() }",
    ] {
        let house = sketch(&[
            ("src/cli/mod.rs", ""),
            ("src/files/mod.rs", ""),
            ("src/judge/mod.rs", "mod a;"),
            ("src/judge/a.rs", code),
        ]);
        let faults: Vec<String> = house.arrows().iter().filter_map(fault).collect();
        assert!(faults.is_empty(), "{code}: {faults:?}");
    }
}

#[test]
fn a_circle_is_found_through_re_exports() {
    let house = sketch(&[
        ("src/judge/mod.rs", "mod a; mod b; mod c; pub use a::A; pub use self::{b::B, c::C};"),
        ("src/judge/a.rs", "use super::B;"),
        ("src/judge/b.rs", "use super::C;"),
        ("src/judge/c.rs", "fn f() { crate::judge::A::new() }"),
    ]);
    assert_eq!(house.circle().len(), 3, "{:?}", house.circle());
    let house = sketch(&[
        ("src/judge/mod.rs", "mod a; mod b; pub use a::A; pub use self::b::B;"),
        ("src/judge/a.rs", "use super::B;"),
        ("src/judge/b.rs", ""),
    ]);
    assert!(house.circle().is_empty(), "{:?}", house.circle());
}

#[test]
fn strangers_are_held_apart() {
    let house = sketch(&[("src/model/mod.rs", "use crate::sandbox::Fault;"), ("src/sandbox/mod.rs", "")]);
    assert_eq!(house.arrows().iter().filter_map(fault).count(), 1);
}
