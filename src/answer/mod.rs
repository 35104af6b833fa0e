//! Answers: from what a model wrote to a rationale and a program. There is one extractor, for `score`, `sample`, `proxy`, `build-mbpp-r`
//! and `next`.
//!
//! # Which code is the program
//!
//! 1. A text that CPython parses as it stands and that defines what is asked *is* the program, whatever its docstrings, strings and comments
//!    hold. It is not changed by a byte. What is asked is the task's entry point and the other names that its tests need; where nobody
//!    knows those, what the buggy program defines, else anything.
//! 2. Special tokens (`<|im_end|>`, `</s>`, ...) and thoughts (`<think>` and the like) are no part of the answer. A thought that never ends takes the
//!    rest of it.
//! 3. Code stands between fences: `CommonMark`'s, of backticks or tildes, in lists and quotes, closed by a fence at least as long or by the
//!    end of the answer; and what models write besides: fences behind prose, code on the fence's line, a new block where the last was not closed,
//!    an opening fence that stood in the prompt. A fence inside of a docstring closes nothing.
//! 4. Of several blocks the program is the last that defines what is asked: models that quote the buggy program, or try something, do so before
//!    they answer. A block that equals the buggy program (up to layout, comments, docstrings and annotations) and one that shows a signature without a
//!    body come after all others. A block of another language's tag counts if it parses as Python, after the others.
//! 5. Code without fences is a run of lines that parses; the last that defines what is asked counts, after blocks.
//! 6. A block runs whole. What it lacks and other blocks define (imports, helpers) comes from those, before it.
//! 7. A block that does not parse gives what does: without its margin, without invisible characters, without what was typed by an interpreter's
//!    prompt (`>>>`), as a patch makes it, up to the statement that was cut off, without the prose in it. Where nothing defines what is asked,
//!    the last block or run that defines anything counts, and where nothing parses the block that was to define it. A definition that does not
//!    parse and is not the last is no prose: the text is a broken program, and stays one.
//! 8. Of a program that was searched for, asserts at its end (with prints around them) and statements that ask for standard input or the command line go
//!    where the functions do not depend on them: a demonstration would fail where nobody types.
//! 9. A *completion* goes on with its prompt: what parses behind it is the program. A function that comes whole, with fences or without, gets
//!    the prompt's imports and helpers, but for those it brings; a body is put under the prompt's head, moved in where it lost its margin.
//!
//! [`Sanitize::Always`] keeps of the program what EvalPlus keeps: imports, and what the names asked for reach, each name's last definition.
//! [`Sanitize::Never`] runs the text as it is.
//!
//! # Who decides
//!
//! CPython's own parser, inside the sandbox (`guest/python/tracewright_guest/answers`), in instances that read answers and run nothing
//! ([`Extractor`]): hostile text meets no parser on the host, and none of the cost is the candidate's fuel. Parses are bounded in number and bytes, a few times the
//! answer; a piece of text that ends the instance "does not parse", and the rest is looked at in a fresh one.
//!
//! # Others
//!
//! EvalPlus (`sanitize.py`, 04f51f1) takes the longest run of lines that parses and keeps what the entry point reaches; it has no notion of
//! fences, needs a parse for every pair of lines, and in a repair prefers a quoted buggy program to a shorter fix. `bigcode-evaluation-harness`
//! (`humanevalpack.py`, 0261c52) expects a completion of the function's head and cuts it at the first line that is not indented. `LiveCodeBench` takes the
//! text between the last two lines with fences, whatever it is. The paper's own rule is thought to be a regular expression for what stands between two
//! fences.

mod extractor;

use serde::{Deserialize, Serialize};

pub use extractor::Extractor;

/// A candidate as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The text that the model wrote: a program, or text that holds one.
    pub text: String,
    /// The form that the text is meant in.
    pub form: Form,
}

/// The form of an answer: a whole program, or the rest of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A whole program.
    Program,
    /// The rest of a program that begins with the task's prompt.
    Completion,
}

impl Answer {
    /// An answer that is meant as a whole program.
    #[must_use]
    pub fn program(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: Form::Program }
    }

    /// An answer that goes on with the task's prompt.
    #[must_use]
    pub fn completion(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: Form::Completion }
    }

    /// The answer without a search: a completion behind its prompt.
    #[must_use]
    pub fn as_given(&self, prompt: &str) -> String {
        match self.form {
            Form::Program => self.text.clone(),
            Form::Completion => format!("{prompt}{}", self.text),
        }
    }
}

/// The program that is asked for in an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The names it has to define, the entry point first; empty where nobody knows.
    pub names: Vec<String>,
    /// The prompt that a completion goes on with.
    pub prompt: &'a str,
    /// The program to repair, where there is one: a quotation of it is no fix.
    pub buggy: Option<&'a str>,
}

/// The rule by which an answer is searched for the program in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sanitize {
    /// Search where the answer is not a program as it stands.
    #[default]
    Auto,
    /// Always, and then only imports and what the names asked for reach remain, as by EvalPlus's sanitiser.
    Always,
    /// Never.
    Never,
}

impl Sanitize {
    /// The name in the guest's interface.
    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// The parts of an answer: the rationale, the program and the thoughts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extracted {
    /// The prose before the program, with any code in it; where there is none, the prose after it. Without a program, all of the answer.
    pub rationale: String,
    /// The program.
    pub program: Option<String>,
    /// The way in which the program was found.
    pub how: How,
    /// The model's thoughts before it answered (`<think>`); no part of the answer.
    pub thinking: String,
}

/// The way in which a program was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Between fences.
    Fenced,
    /// Behind a fence that was never closed: cut off, perhaps.
    Unclosed,
    /// Without fences: the text itself, or lines of it.
    Bare,
    /// No program was found.
    Nothing,
}

impl How {
    /// Reads a name of the guest's interface.
    fn from_name(name: &str) -> Self {
        match name {
            "fenced" => Self::Fenced,
            "unclosed" => Self::Unclosed,
            "bare" => Self::Bare,
            _ => Self::Nothing,
        }
    }
}
