//! Problems and prompts: what goes into the template and what comes out.

use serde::{Deserialize, Serialize};

/// One repair problem: the (x, y~, T, e) of the paper's Algorithm 1.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Problem<'a> {
    /// A description of what the program should do, in words; one or more lines.
    pub description: &'a str,
    /// The buggy program.
    pub program: &'a str,
    /// The tests a model may see.
    pub tests: &'a [&'a str],
    /// The program's trace on a test, mostly a failing one, as `trace` prints it; needed where [`Condition::trace`] is set.
    pub trace: Option<&'a str>,
}

/// The condition of a prompt, what it shows and asks for: the four settings of the paper's ablations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// Whether the execution trace is shown.
    pub trace: bool,
    /// Whether a rationale is asked for before the fix.
    pub rationale: bool,
}

impl Default for Condition {
    /// The condition of NExT: with both.
    fn default() -> Self {
        Self { trace: true, rationale: true }
    }
}

impl Condition {
    /// All four conditions.
    pub const ALL: [Self; 4] = [
        Self { trace: false, rationale: false },
        Self { trace: false, rationale: true },
        Self { trace: true, rationale: false },
        Self { trace: true, rationale: true },
    ];
}

/// The role of whoever speaks in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// General instructions.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
}

/// One message of a chat, as chat templates and OpenAI-compatible servers take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The role of the speaker.
    pub role: Role,
    /// The text.
    pub content: String,
}

/// A prompt in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// The plain form, for completion models. It goes on with [`Prompt::prefill`].
    pub text: String,
    /// The prompt as a chat; shots are earlier turns of it. The model's answer begins with [`Prompt::prefill`].
    pub messages: Vec<Message>,
    /// The answer's beginning, where it is given and not asked for; mostly empty.
    pub prefill: String,
    /// The strings to stop at in the plain form: what begins the next problem. The stop string is not part of the answer.
    /// Empty for a template that sets none.
    pub stop: Vec<String>,
}

impl Prompt {
    /// The text that a completion model continues.
    #[must_use]
    pub fn plain(&self) -> String {
        format!("{}{}", self.text, self.prefill)
    }

    /// The whole answer, from what the model wrote after the prefill.
    #[must_use]
    pub fn answer(&self, completion: &str) -> String {
        format!("{}{completion}", self.prefill)
    }
}
