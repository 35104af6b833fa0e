//! A function of the grammar.

use super::inputs::Kind;

/// A function of the grammar with what it calls.
#[derive(Debug, Clone)]
pub(super) struct Function {
    /// The function's parameters.
    pub(super) parameters: Vec<(&'static str, Kind)>,
    /// The function's body, indented.
    pub(super) body: String,
    /// The function's description: a sentence.
    pub(super) says: String,
    /// The function that it calls, as source.
    pub(super) helper: String,
}

impl Function {
    pub(super) fn new(parameters: &[(&'static str, Kind)], body: String, says: String) -> Self {
        Self { parameters: parameters.to_vec(), body, says, helper: String::new() }
    }

    pub(super) fn source(&self, name: &str) -> String {
        let parameters: Vec<&str> = self.parameters.iter().map(|(name, _)| *name).collect();
        format!("{}def {name}({}):\n{}", self.helper, parameters.join(", "), self.body)
    }
}
