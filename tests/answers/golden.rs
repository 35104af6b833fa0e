//! Messy answers and what is read out of them, as golden files.
//!
//! The first line of `outputs/*.txt` names the entry point (`-`: unknown); the rest is the answer.

use std::{fmt::Write, fs, path::PathBuf};

use super::strip_code;
use tracewright::internals::answer::Extracted;

fn extract(answer: &str, entry_point: Option<&str>) -> Extracted {
    super::extract(answer, entry_point.as_slice(), None)
}

fn answers() -> Vec<(String, Option<String>, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/answers/outputs");
    let mut answers: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    answers.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let (first, answer) = text.split_once('\n').unwrap();
        let name = Some(first.trim().to_owned()).filter(|name| name != "-");
        (path.file_stem().unwrap().to_string_lossy().into_owned(), name, answer.to_owned())
    };
    answers.into_iter().map(read).collect()
}

#[test]
fn golden() {
    let answers = answers();
    assert!(answers.len() >= 30, "{}", answers.len());
    for (name, entry_point, answer) in answers {
        let found = extract(&answer, entry_point.as_deref());
        let mut out = format!("{:?}\n", found.how);
        for (title, text) in [
            ("fix", found.program.as_deref().unwrap_or("")),
            ("rationale", &found.rationale),
            ("rationale without code", &strip_code(&found.rationale)),
            ("thinking", &found.thinking),
        ] {
            if !(text.is_empty() || title == "rationale without code" && text == found.rationale) {
                write!(out, "\n--- {title}\n{}\n", text.trim_end_matches('\n')).unwrap();
            }
        }
        insta::assert_snapshot!(format!("answer_{name}"), out);
    }
}

#[test]
fn line_endings_do_not_matter() {
    for (name, entry_point, answer) in answers() {
        let windows = answer.replace('\n', "\r\n");
        let (windows, unix) = (extract(&windows, entry_point.as_deref()), extract(&answer, entry_point.as_deref()));
        // A text that is a program as it stands keeps its line ends.
        let unix_lines =
            |found: Extracted| Extracted { program: found.program.map(|code| code.replace("\r\n", "\n")), ..found };
        assert_eq!(unix_lines(windows), unix, "{name}");
    }
}

#[test]
fn extracting_from_a_fix_gives_it_back() {
    for (name, entry_point, answer) in answers() {
        let Some(fix) = extract(&answer, entry_point.as_deref()).program else { continue };
        let again = extract(&format!("````python\n{fix}````"), entry_point.as_deref());
        assert_eq!(again.program.as_ref(), Some(&fix), "{name}");
    }
}
