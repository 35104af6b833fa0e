//! Other names for the variables and functions of a task, the same throughout a text.
//!
//! Small models that only ever see a few names learn these rather than how to copy what they read.

use std::collections::{BTreeSet, HashMap};

use crate::random::Random;

/// Renames for what `program` binds: functions, parameters, assigned and loop variables. Names are made of syllables.
pub(super) fn renames(program: &str, random: &mut Random) -> HashMap<String, String> {
    let mut renames = HashMap::new();
    let mut taken = BTreeSet::new();
    for name in bound(program) {
        let mut other = word(random);
        while !taken.insert(other.clone()) {
            other = word(random);
        }
        renames.insert(name, other);
    }
    renames
}

fn word(random: &mut Random) -> String {
    let syllables = random.between(2, 3);
    let syllable = |random: &mut Random| {
        format!(
            "{}{}",
            random.pick(&["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]),
            random.pick(&["a", "e", "i", "o", "u"])
        )
    };
    (0..syllables).map(|_| syllable(random)).collect()
}

/// The names that a program binds, by the look of its lines.
fn bound(program: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in program.lines() {
        let line = line.trim();
        let text = match line.strip_prefix("def ") {
            Some(rest) => rest.split(')').next().unwrap_or_default(),
            None => match line.strip_prefix("for ") {
                Some(rest) => rest.split(" in ").next().unwrap_or_default(),
                None => line.split_once('=').filter(|(_, rest)| !rest.starts_with('=')).map_or("", |(left, _)| left),
            },
        };
        let plain = |part: &&str| part.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
        names.extend(words(text).filter(plain).filter(|word| !KEPT.contains(word)).map(str::to_owned));
    }
    names
}

/// Words that an assignment's left side may hold without binding them.
const KEPT: [&str; 9] = ["if", "elif", "while", "return", "and", "or", "not", "len", "assert"];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty())
}

/// The text with its names replaced, as whole words.
pub(super) fn rename(text: &str, renames: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for char in text.chars().chain(['\0']) {
        if char.is_alphanumeric() || char == '_' {
            word.push(char);
            continue;
        }
        out.push_str(renames.get(&word).unwrap_or(&word));
        word.clear();
        if char != '\0' {
            out.push(char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_and_the_rest_stays() {
        let program = "def total(items, k=1):\n    out = 0\n    for i, x in enumerate(items):\n        if x == k:\n            out += x\n    return out\n";
        let renames = renames(program, &mut Random::new(1));
        let mut names: Vec<&str> = renames.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["i", "items", "k", "out", "total", "x"]);
        let other = rename(program, &renames);
        assert!(other.contains("enumerate(") && other.contains("return ") && !other.contains("items"), "{other}");
        let back: HashMap<String, String> = renames.into_iter().map(|(old, new)| (new, old)).collect();
        assert_eq!(rename(&other, &back), program);
    }
}
