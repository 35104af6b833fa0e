//! Blame: whether an error is the user's or the machine's, and the one way to tell it with its causes.
//!
//! An error says in its own words what was tried, and has what went wrong below as its source; it does not repeat it. [`told`] puts the words
//! together, once, where they are shown. What to do about it stands behind the first line of an error's text and comes last.

use std::error::Error;

/// An error that tells a mistake in what the user gave from a fault of the machine or the program.
pub(crate) trait Blame: Error {
    /// Whether what the user gave is at fault, and not the machine.
    fn is_input(&self) -> bool;
}

impl Blame for serde_json::Error {
    /// `false`: nothing that a user gave is written as JSON by itself.
    fn is_input(&self) -> bool {
        false
    }
}

/// An error with its causes, on one line, and what to do about it below.
#[must_use]
pub(crate) fn told(error: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    let mut advice = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(first);
        if !rest.is_empty() {
            advice.push('\n');
            advice.push_str(rest);
        }
        next = error.source();
    }
    line + &advice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot write out\nFree some space")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn causes_come_before_advice() {
        let error = Outer(std::io::Error::other("full"));
        assert_eq!(told(&error), "cannot write out: full\nFree some space");
    }
}
