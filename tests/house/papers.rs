//! The papers name what is there: their links lead somewhere, and the files that they name exist.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The papers, by path.
fn papers() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut papers = Vec::new();
    for folder in ["", "docs", "benchmarks", "results"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).unwrap();
                papers.push((path, text));
            }
        }
    }
    papers
}

/// The lines outside of code blocks.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut prose = String::new();
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if !fence && !fenced {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// The anchor that a heading gets: lower case, without marks, with hyphens for blanks.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_readme_is_short() {
    let lines = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap().lines().count();
    assert!(lines < 200, "README.md has {lines} lines: move what is long to docs/");
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for (path, text) in papers() {
        for link in prose(&text).split("](").skip(1) {
            let target = link.split(')').next().unwrap_or_default();
            if target.contains("://") {
                continue;
            }
            let (file, section) = target.split_once('#').unwrap_or((target, ""));
            let place = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            if !place.exists() {
                wrong.push(format!("{}: {target}", path.display()));
            } else if !section.is_empty() {
                let headings = prose(&fs::read_to_string(&place).unwrap());
                let known = headings.lines().filter_map(|line| line.strip_prefix('#'));
                if !known.map(|heading| anchor(heading.trim_start_matches('#'))).any(|known| known == section) {
                    wrong.push(format!("{}: no heading for {target}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n{}", wrong.join("\n"));
}

#[test]
fn files_that_papers_name_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/", "guest/", "tests/", "benchmarks/", "fuzz/", "docs/", ".ci/", ".github/"];
    let mut wrong = Vec::new();
    for (path, text) in papers().into_iter().filter(|(path, _)| !path.ends_with("CHANGELOG.md")) {
        for name in prose(&text).split('`').skip(1).step_by(2) {
            let plain = !name.contains(|c: char| c.is_whitespace() || matches!(c, '*' | '<' | '('));
            let example = name.contains("NN") || name.contains("/crash-");
            if plain && !example && folders.iter().any(|folder| name.starts_with(folder)) && !root.join(name).exists() {
                wrong.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "named, and not there:\n{}", wrong.join("\n"));
}
