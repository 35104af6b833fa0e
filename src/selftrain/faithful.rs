//! Whether a rationale says of values what the trace says: a check of ours, beyond the paper.
//!
//! Read are claims of two kinds: `NAME = VALUE`, `NAME is VALUE` and the like, for a variable that the trace knows, and `returns VALUE`, `gives
//! VALUE`. A claim holds if the variable had that value at some time, or some call returned it. What is expected is not claimed to have
//! happened: a clause with "expect", "should" or "must" says nothing.

use std::collections::HashSet;

use crate::trace::{Change, Event, Recording};

/// A claim: something that a rationale says happened.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Claim {
    /// A variable had this value.
    Variable(String, String),
    /// A call returned this value.
    Returned(String),
}

/// The claims of a rationale.
fn claims(rationale: &str) -> Vec<Claim> {
    let mut claims = Vec::new();
    for clause in clauses(rationale) {
        let lower = clause.to_lowercase();
        if ["expect", "should", "must", "would", "supposed"].iter().any(|word| lower.contains(word)) {
            continue;
        }
        let words: Vec<&str> = clause.split_whitespace().collect();
        for (index, word) in words.iter().enumerate() {
            let plain = word.trim_matches('`');
            let rest = || words[index + 1..].join(" ");
            if let Some((name, value)) = plain.split_once('=').filter(|(name, _)| is_name(name)) {
                if let Some(value) = literal(value) {
                    claims.push(Claim::Variable(name.to_owned(), value));
                }
            } else if matches!(plain, "returns" | "returned" | "gives" | "gave") {
                if let Some(value) = literal(&rest()) {
                    claims.push(Claim::Returned(value));
                }
            } else if is_name(plain)
                && words.get(index + 1).is_some_and(|next| matches!(*next, "is" | "becomes" | "=" | "equals" | "was"))
                && let Some(value) = literal(&words[index + 2..].join(" "))
            {
                claims.push(Claim::Variable(plain.to_owned(), value));
            }
        }
    }
    claims
}

/// Whether the trace contradicts one of the rationale's claims.
pub(super) fn contradicted(rationale: &str, recording: &Recording) -> bool {
    let mut values: HashSet<(&str, String)> = HashSet::new();
    let mut names: HashSet<&str> = HashSet::new();
    let mut returned: HashSet<String> = HashSet::new();
    let learn = |changes: &[Change]| -> Vec<(String, String)> {
        changes.iter().filter_map(|change| Some((change.name.clone(), squeezed(change.value.as_ref()?)))).collect()
    };
    let mut known: Vec<(String, String)> = Vec::new();
    for event in &recording.events {
        match event {
            Event::Call { changes, .. } | Event::Line { changes, .. } | Event::Raise { changes, .. } => {
                known.extend(learn(changes));
            }
            Event::Return { value, changes, .. } | Event::Yield { value, changes, .. } => {
                known.extend(learn(changes));
                returned.insert(squeezed(value));
            }
            Event::Resume { .. } | Event::Unwind { .. } => {}
        }
    }
    for (name, value) in &known {
        names.insert(name);
        values.insert((name, value.clone()));
    }
    claims(rationale).into_iter().any(|claim| match claim {
        Claim::Variable(name, value) => {
            names.contains(name.as_str()) && !values.contains(&(name.as_str(), squeezed(&value)))
        }
        Claim::Returned(value) => !returned.is_empty() && !returned.contains(&squeezed(&value)),
    })
}

/// The value without white space, and with one kind of quotes: rationales write values as they like.
fn squeezed(value: &str) -> String {
    value.chars().filter(|char| !char.is_whitespace()).map(|char| if char == '"' { '\'' } else { char }).collect()
}

/// Sentences and what commas before "but" or "and" divide.
fn clauses(text: &str) -> Vec<String> {
    let text = text.replace(", but ", "\n").replace(", and ", "\n").replace(", while ", "\n").replace(" but ", "\n");
    let mut clauses = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (at, _) in line.match_indices(". ") {
            clauses.push(line[start..at].to_owned());
            start = at + 2;
        }
        clauses.push(line[start..].trim_end_matches('.').to_owned());
    }
    clauses
}

fn is_name(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
}

/// The Python literal that `text` begins with: a number, a string, a container of what has no names, or a constant.
fn literal(text: &str) -> Option<String> {
    let text = text.trim_start().trim_start_matches('`');
    let first = text.chars().next()?;
    let end = match first {
        '\'' | '"' => 1 + text[1..].find(first)? + 1,
        '[' | '(' | '{' => closing(text)?,
        _ => text.find(|char: char| char.is_whitespace() || matches!(char, '`' | ',' | ';')).unwrap_or(text.len()),
    };
    let value = &text[..end];
    let value = if first.is_ascii_digit() || first == '-' { value.trim_end_matches('.') } else { value };
    let number = value.parse::<f64>().is_ok() && value.contains(|char: char| char.is_ascii_digit());
    let quoted = matches!(first, '\'' | '"' | '[' | '(' | '{');
    (number || quoted || matches!(value, "True" | "False" | "None")).then(|| value.to_owned())
}

/// The place where the bracket that `text` begins with closes, outside of strings.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, char) in text.char_indices() {
        match (quote, char) {
            (Some(open), _) if char == open => quote = None,
            (None, '\'' | '"') => quote = Some(char),
            (None, '[' | '(' | '{') => depth += 1,
            (None, ']' | ')' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::End;

    fn recording() -> Recording {
        let change = |name: &str, value: &str| Change { name: name.into(), value: Some(value.into()), global: false };
        Recording {
            source: crate::trace::Source::new(String::new()),
            events: vec![
                Event::Line { row: 2, frame: 0, changes: vec![change("total", "['a', 'b']"), change("x", "-3")] },
                Event::Return { row: 3, frame: 0, value: "7".into(), changes: vec![] },
            ],
            end: End::Finished,
            variables: vec![],
        }
    }

    #[test]
    fn what_the_trace_says_stands() {
        for fine in [
            "It returns 7.",
            "`f(1)` returns 7, but the expected value is 9.",
            "total is [\"a\",\"b\"] and x=-3.",
            "x becomes `-3`. The sum should be 5, and it must be that y is 4.",
            "The result is wrong.",
            "unknown is 12",
        ] {
            assert!(!contradicted(fine, &recording()), "{fine}");
        }
    }

    #[test]
    fn what_it_does_not_say_is_found() {
        for wrong in ["It returns 8.", "total = []", "x is 3, so it goes on", "`f('a, b')` gives `[1, 2]`"] {
            assert!(contradicted(wrong, &recording()), "{wrong}");
        }
    }
}
