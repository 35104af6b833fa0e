//! The public face: no type of an engine or a model's runtime stands in what a user of the library sees, and what is seen can grow.

use std::{collections::BTreeSet, fs, path::Path};

/// The crates whose types stay inside.
const INSIDE: [&str; 6] = ["wasmtime", "burn", "ort", "tokio", "serde_json", "anyhow"];

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The parts of a file's code that users see: signatures and fields, each up to its body.
fn seen(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begins = |line: &&str| line.starts_with("pub ") && !line.starts_with("pub mod ") || line.starts_with("impl ");
    let mut parts = Vec::new();
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| begins(line)) {
        let mut part = String::new();
        for line in &lines[at..] {
            part.push_str(line);
            part.push(' ');
            if line.ends_with(['{', ';', ',', '}']) && part.matches('(').count() == part.matches(')').count() {
                break;
            }
        }
        parts.push(part);
    }
    parts
}

/// The files where the names that `src/lib.rs` gives users are defined, with those names.
fn face() -> Vec<(String, BTreeSet<String>)> {
    let lib = read("src/lib.rs");
    let before = lib.split("pub mod internals").next().unwrap();
    let exports = before.split("\npub use ").skip(1).map(|export| export.split(';').next().unwrap());
    exports
        .map(|export| {
            let (room, names) = export.split_once("::").unwrap();
            let names = names.trim_matches(['{', '}']).split(',').map(|name| name.trim().to_owned());
            (room.to_owned(), names.filter(|name| !name.is_empty()).collect())
        })
        .collect()
}

/// The file of a room that defines a type, with its text before and after its beginning.
fn definition(room: &str, name: &str) -> (String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    for entry in fs::read_dir(&folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap_or_default();
        for beginning in [format!("pub struct {name}"), format!("pub enum {name}")] {
            let whole = |at: &usize| !text[at + beginning.len()..].starts_with(char::is_alphanumeric);
            if let Some(at) = text.match_indices(&beginning).map(|(at, _)| at).find(whole) {
                return (text[..at].to_owned(), text[at..].to_owned());
            }
        }
    }
    panic!("{room}::{name} is defined nowhere in src/{room}");
}

#[test]
fn no_type_of_an_engine_is_seen() {
    let face = face();
    assert!(face.iter().map(|(_, names)| names.len()).sum::<usize>() >= 20, "{face:?}");
    let mut found = Vec::new();
    for (room, names) in &face {
        for name in names {
            let (before, after) = definition(room, name);
            for part in seen(&(before + &after)) {
                let words: BTreeSet<&str> = part.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
                found.extend(INSIDE.iter().filter(|inside| words.contains(*inside)).map(|_| format!("{name}: {part}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_face_imports_no_engine() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/embed")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for inside in INSIDE {
            assert!(!text.contains(&format!("use {inside}")), "{} imports {inside}", path.display());
        }
    }
}

#[test]
fn what_users_see_can_grow() {
    for (room, names) in face() {
        for name in names {
            let (before, after) = definition(&room, &name);
            let attributes = before.rsplit("\n\n").next().unwrap_or_default();
            let end = if after.lines().next().is_some_and(|line| line.ends_with(';')) { ";" } else { "\n}" };
            let body = after.split(end).next().unwrap_or_default();
            let closed = !after.starts_with("pub enum") && !body.contains("\n    pub ") && !body.contains("(pub ");
            assert!(closed || attributes.contains("#[non_exhaustive]"), "{room}::{name} is exhaustive");
        }
    }
}
