//! A chat template, ready to render.

use std::{collections::BTreeMap, path::Path};

use jiff::civil::{DateTime, date};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Value, syntax::SyntaxConfig, value::Serde};
use serde_json::Map;

use super::{
    super::{Message, Prompt},
    ChatError, json,
    source::{self, Source},
};

/// Instructions that one rendering may take: a template is somebody else's program. Real ones take some dozens a message.
const FUEL: u64 = 10_000_000;

/// The options of a rendering: all that it depends on besides the messages.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatOptions {
    /// Whether to end with what opens the model's answer. True for generating.
    pub add_generation_prompt: bool,
    /// The date that `strftime_now` tells, never the clock's, so that a prompt is the same tomorrow.
    pub date: DateTime,
    /// Variables for the template beyond its own (`enable_thinking` and the like).
    pub variables: Map<String, serde_json::Value>,
}

impl Default for ChatOptions {
    /// The options for generating; the date is the one that Llama 3's template falls back to.
    fn default() -> Self {
        Self { add_generation_prompt: true, date: date(2024, 7, 26).at(0, 0, 0, 0), variables: Map::new() }
    }
}

impl ChatOptions {
    /// The options with another date, as `2024-07-26` or `2024-07-26T12:00:00`.
    ///
    /// # Errors
    ///
    /// [`ChatError::Date`].
    pub fn with_date(mut self, text: &str) -> Result<Self, ChatError> {
        self.date = text.parse().map_err(|_| ChatError::Date { text: text.to_owned() })?;
        Ok(self)
    }
}

/// The chat template of a tokenizer.
#[derive(Debug)]
pub struct ChatTemplate {
    name: String,
    tokens: Map<String, serde_json::Value>,
    environment: Environment<'static>,
}

impl ChatTemplate {
    /// Reads the template in a tokenizer's directory: `chat_template.jinja`, else `chat_template` in `tokenizer_config.json` (a string, or
    /// the one called `default` of several), else that in `chat_template.json`.
    ///
    /// # Errors
    ///
    /// [`ChatError::Missing`] where there is none; [`ChatError::Read`], [`ChatError::Unusable`] or [`ChatError::Template`] where there is one
    /// that cannot be used.
    pub fn load(directory: &Path) -> Result<Self, ChatError> {
        Self::compile(source::read(directory)?)
    }

    /// Reads the text of a `tokenizer_config.json` called `name`.
    ///
    /// # Errors
    ///
    /// [`ChatError::Missing`], [`ChatError::Unusable`] or [`ChatError::Template`].
    pub fn parse(name: &str, config: &str) -> Result<Self, ChatError> {
        Self::compile(source::parse(name, config)?)
    }

    fn compile(source: Source) -> Result<Self, ChatError> {
        let Source { name, template, tokens } = source;
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        let mut environment = Environment::new();
        environment.set_syntax(syntax.map_err(|error| broken(&name, &error))?);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_filter("tojson", json::tojson);
        environment.add_function("raise_exception", raise_exception);
        let template = without_generation_marks(&template);
        environment.add_template_owned(name.clone(), template).map_err(|error| broken(&name, &error))?;
        Ok(Self { name, tokens, environment })
    }

    /// A special token of the tokenizer, such as `eos_token`.
    #[must_use]
    pub fn token(&self, name: &str) -> Option<&str> {
        self.tokens.get(name)?.as_str()
    }

    /// The text of a chat.
    ///
    /// # Errors
    ///
    /// [`ChatError::Refused`] where the template raises an error of its own (about a system message, say), [`ChatError::Template`] where it
    /// fails.
    pub fn render(&self, messages: &[Message], options: &ChatOptions) -> Result<String, ChatError> {
        let date = options.date;
        let mut chat = BTreeMap::new();
        // As in `transformers`: variables may replace tokens, nothing replaces what the call itself says.
        for (name, value) in self.tokens.iter().chain(&options.variables) {
            chat.insert(name.clone(), Value::from(Serde(value)));
        }
        chat.insert("messages".to_owned(), Value::from(Serde(messages)));
        chat.insert("tools".to_owned(), Value::from(()));
        chat.insert("documents".to_owned(), Value::from(()));
        chat.insert("add_generation_prompt".to_owned(), Value::from(options.add_generation_prompt));
        chat.insert("strftime_now".to_owned(), Value::from_function(move |format: &str| strftime(format, date)));
        let template = self.environment.get_template(&self.name).map_err(|error| broken(&self.name, &error))?;
        template.render(Value::from(chat)).map_err(|error| broken(&self.name, &error))
    }

    /// The text that a chat model continues: the prompt's messages, the opening of an answer and the prompt's prefill.
    ///
    /// # Errors
    ///
    /// The errors of [`ChatTemplate::render`].
    pub fn prompt(&self, prompt: &Prompt, options: &ChatOptions) -> Result<String, ChatError> {
        let chat = self.render(&prompt.messages, &ChatOptions { add_generation_prompt: true, ..options.clone() })?;
        Ok(format!("{chat}{}", prompt.prefill))
    }
}

/// The words by which an error that the template raises itself is told from its failing.
const RAISED: &str = "raised by the template: ";

#[expect(clippy::needless_pass_by_value, reason = "the template engine hands arguments over by value")]
fn raise_exception(message: String) -> Result<Value, Error> {
    Err(Error::new(ErrorKind::InvalidOperation, format!("{RAISED}{message}")))
}

/// Python's `datetime.strftime`.
fn strftime(format: &str, date: DateTime) -> Result<String, Error> {
    jiff::fmt::strtime::format(format, date)
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, format!("strftime_now: {error}")))
}

/// `{% generation %}` marks what a model said, for training masks. It is an extension of `transformers` and leaves no trace in the text, as
/// a condition that always holds does.
fn without_generation_marks(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{%") {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = tag.find("%}") else {
            rest = tag;
            break;
        };
        let inside = &tag[2..end];
        match inside.trim_matches(|char: char| char == '-' || char == '+' || char.is_whitespace()) {
            "generation" => out.push_str(&format!("{{%{}%}}", inside.replacen("generation", "if true", 1))),
            "endgeneration" => out.push_str(&format!("{{%{}%}}", inside.replacen("endgeneration", "endif", 1))),
            _ => out.push_str(&tag[..end + 2]),
        }
        rest = &tag[end + 2..];
    }
    out.push_str(rest);
    out
}

fn broken(name: &str, error: &Error) -> ChatError {
    let detail = error.detail().unwrap_or_default();
    if let Some(message) = detail.strip_prefix(RAISED) {
        return ChatError::Refused { name: name.to_owned(), message: message.to_owned() };
    }
    let message = if detail.is_empty() { error.kind().to_string() } else { format!("{}: {detail}", error.kind()) };
    ChatError::Template { name: name.to_owned(), line: error.line().unwrap_or(1), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generation_marks_go_and_blanks_stay() {
        let marked = "a {%- generation -%} b {% endgeneration +%}{{ '{%' }} {% if x %}{% generation";
        assert_eq!(
            without_generation_marks(marked),
            "a {%- if true -%} b {% endif +%}{{ '{%' }} {% if x %}{% generation"
        );
    }
}
