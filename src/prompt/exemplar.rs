//! Worked repairs, shown to a model before the problem.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Condition, PromptError, error::read};

/// One worked repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exemplar {
    /// A description of what the program should do.
    pub description: String,
    /// The buggy program.
    pub program: String,
    /// The program's tests; some of them fail.
    pub tests: Vec<String>,
    /// The program's trace on a failing test.
    pub trace: Option<String>,
    /// The fault, in words.
    pub rationale: Option<String>,
    /// The repaired program.
    pub fix: String,
}

/// A file of worked repairs: TOML, an `[[exemplar]]` table each.
#[derive(Debug, Clone)]
pub struct Exemplars {
    name: String,
    exemplars: Vec<Exemplar>,
}

#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct File {
    exemplar: Vec<Exemplar>,
}

const BUILT_IN: &str = include_str!("exemplars.toml");

impl Exemplars {
    /// The three that come with the program.
    ///
    /// # Errors
    ///
    /// None in practice: a test reads them.
    pub fn built_in() -> Result<Self, PromptError> {
        Self::parse("built-in exemplars", BUILT_IN)
    }

    /// Reads a file; the built-in one shows the form.
    ///
    /// # Errors
    ///
    /// [`PromptError::Read`] or [`PromptError::Exemplars`].
    pub fn load(path: &Path) -> Result<Self, PromptError> {
        let (name, text) = read(path)?;
        Self::parse(&name, &text)
    }

    /// Reads the text of a file called `name`.
    ///
    /// # Errors
    ///
    /// [`PromptError::Exemplars`] with the line.
    pub fn parse(name: &str, text: &str) -> Result<Self, PromptError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count();
            PromptError::Exemplars { name: name.to_owned(), line, message: error.message().to_owned() }
        })?;
        Ok(Self { name: name.to_owned(), exemplars: file.exemplar })
    }

    /// All worked repairs, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Exemplar] {
        &self.exemplars
    }

    /// The first `shots`, complete for `condition`: the paper's baselines have 3, a trained model 0.
    ///
    /// # Errors
    ///
    /// [`PromptError::TooFew`], [`PromptError::NoTrace`] or [`PromptError::NoRationale`].
    pub fn first(&self, shots: usize, condition: Condition) -> Result<&[Exemplar], PromptError> {
        let Some(chosen) = self.exemplars.get(..shots) else {
            let available = self.exemplars.len();
            return Err(PromptError::TooFew { name: self.name.clone(), available, wanted: shots });
        };
        check(chosen, condition, &self.name)?;
        Ok(chosen)
    }
}

/// Whether `exemplars` have all that `condition` shows.
pub(super) fn check(exemplars: &[Exemplar], condition: Condition, name: &str) -> Result<(), PromptError> {
    for (index, exemplar) in exemplars.iter().enumerate() {
        let what = || format!("{name}: exemplar {}", index + 1);
        if condition.trace && exemplar.trace.is_none() {
            return Err(PromptError::NoTrace { what: what() });
        }
        if condition.rationale && exemplar.rationale.is_none() {
            return Err(PromptError::NoRationale { what: what() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod schemas {
    #[test]
    fn schema_of_exemplars() {
        crate::schema::read::<super::File>("exemplars");
    }
}
