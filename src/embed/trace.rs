//! The trace of one program: what it did, step by step.

use crate::trace::{End, Inline, Recording, chrome, cwm, html, inline, scratchpad};

/// The steps of a program and their forms.
#[derive(Debug, Clone)]
pub struct Trace(pub(super) Recording);

impl Trace {
    /// The number of steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.0.events.len()
    }

    /// Whether the program ran to its end.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.0.end == End::Finished
    }

    /// The program's ending, in words.
    #[must_use]
    pub fn ending(&self) -> String {
        self.0.end.to_string()
    }

    /// The program with its variables as comments, as in the `NExT` paper.
    #[must_use]
    pub fn annotated(&self) -> String {
        inline::render(&self.0, &Inline::default())
    }

    /// A scratchpad: every variable before every line (Nye et al. 2021).
    #[must_use]
    pub fn scratchpad(&self) -> String {
        scratchpad::render(&self.0)
    }

    /// The frames as Meta's Code World Model reads them.
    #[must_use]
    pub fn cwm(&self) -> String {
        cwm::render(&self.0)
    }

    /// The JSON that viewers of Chrome's trace format show.
    #[must_use]
    pub fn chrome(&self) -> String {
        chrome::render(&self.0).to_string()
    }

    /// A page that steps through the program; it needs nothing but itself.
    #[must_use]
    pub fn html(&self, title: &str) -> String {
        html::render(&self.0, title)
    }

    /// The steps as JSON, an object each.
    #[must_use]
    pub fn events(&self) -> impl ExactSizeIterator<Item = String> + '_ {
        self.0.events.iter().map(|event| serde_json::to_string(event).unwrap_or_default())
    }
}
