//! The template of a repair prompt.

use std::path::Path;

use minijinja::{
    AutoEscape, Captured, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde,
};

use super::{Condition, Exemplar, Problem, PromptError, error::read};

const BUILT_IN: &str = include_str!("repair.jinja");

/// A mark that stands for the fix where only what comes before it is wanted. Private-use characters: no rationale has them.
const FIX: &str = "\u{f8f0}fix\u{f8f0}";

/// Instructions of the template engine that one prompt may take; the built-in template needs a few hundred.
const FUEL: u64 = 1_000_000;

/// A prompt template: a Jinja file with the macros `problem`, `answer` and `instruction`; the rest of it is the plain form. The
/// built-in `repair.jinja` documents each part.
#[derive(Debug)]
pub struct Template {
    name: String,
    text: String,
    environment: Environment<'static>,
}

impl Template {
    /// The one that comes with the program.
    ///
    /// # Errors
    ///
    /// None in practice: a test compiles it.
    pub fn built_in() -> Result<Self, PromptError> {
        Self::parse("built-in template", BUILT_IN)
    }

    /// Reads a template file and tries it on an example.
    ///
    /// # Errors
    ///
    /// [`PromptError::Read`], or what [`Template::parse`] finds.
    pub fn load(path: &Path) -> Result<Self, PromptError> {
        let (name, text) = read(path)?;
        Self::parse(&name, &text)
    }

    /// Compiles the text of a template file called `name` and tries it on an example under every condition.
    ///
    /// # Errors
    ///
    /// [`PromptError::Template`] with the line, or [`PromptError::Part`].
    pub fn parse(name: &str, text: &str) -> Result<Self, PromptError> {
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        let syntax = syntax.map_err(|error| broken(name, &error))?;
        let mut environment = Environment::new();
        environment.set_syntax(syntax);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.add_filter("comment", comment);
        environment.add_filter("fence", fence);
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_template_owned(name.to_owned(), text.to_owned()).map_err(|error| broken(name, &error))?;
        let template = Self { name: name.to_owned(), text: text.to_owned(), environment };
        template.try_out()?;
        Ok(template)
    }

    /// The template's source.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The answer a model is trained to give: the rationale (where the condition has one) and the fix.
    ///
    /// # Errors
    ///
    /// [`PromptError::Template`]: a template that fails for this text.
    pub fn answer(&self, rationale: &str, fix: &str, condition: Condition) -> Result<String, PromptError> {
        let mut parts = self.macros(condition)?;
        parts.answer(rationale, fix, condition)
    }

    /// The answer's beginning up to the fix.
    pub(super) fn opening(&self, rationale: &str, condition: Condition) -> Result<String, PromptError> {
        let answer = self.answer(rationale, FIX, condition)?;
        match answer.split_once(FIX) {
            Some((before, _)) => Ok(before.to_owned()),
            None => {
                Err(PromptError::Part { name: self.name.clone(), message: "leaves `fix` out of `answer`".to_owned() })
            }
        }
    }

    /// The plain form, and the parts of the chat.
    pub(super) fn parts(&self, task: &Value, condition: Condition, shots: &Value) -> Result<Parts<'_>, PromptError> {
        let render = || {
            let template = self.environment.get_template(&self.name)?;
            template.render_captured(context! { task, condition => Value::from(Serde(condition)), shots })
        };
        Ok(Parts { name: &self.name, captured: render().map_err(|error| broken(&self.name, &error))? })
    }

    /// The macros need a rendered template to live in: an empty problem does.
    fn macros(&self, condition: Condition) -> Result<Parts<'_>, PromptError> {
        let task = Problem { description: "", program: "", tests: &[], trace: Some("") };
        self.parts(&Value::from(Serde(task)), condition, &Value::from(Serde([(); 0])))
    }

    fn try_out(&self) -> Result<(), PromptError> {
        let text = || "assert True".to_owned();
        let shot = Exemplar {
            description: text(),
            program: text(),
            tests: vec![text()],
            trace: Some(text()),
            rationale: Some(text()),
            fix: text(),
        };
        for condition in Condition::ALL {
            let task = Value::from(Serde(&shot));
            let mut parts = self.parts(&task, condition, &Value::from(Serde([&shot])))?;
            parts.system(condition)?;
            parts.stop()?;
            parts.instruction(condition)?;
            parts.problem(&task, condition)?;
            self.opening("", condition)?;
        }
        Ok(())
    }
}

/// A rendered template.
pub(super) struct Parts<'a> {
    name: &'a str,
    captured: Captured<'a>,
}

impl Parts<'_> {
    /// The plain form.
    pub(super) fn text(&self) -> String {
        self.captured.output().to_owned()
    }

    /// The strings at which the plain form stops; none where the template does not say.
    pub(super) fn stop(&self) -> Result<Vec<String>, PromptError> {
        let wrong = || self.lacks("sets `stop` to something that is no list of strings");
        let Some(value) = self.captured.state().lookup("stop").filter(|value| !value.is_undefined()) else {
            return Ok(Vec::new());
        };
        let strings = value.try_iter().map_err(|_| wrong())?.map(|one| one.as_str().map(str::to_owned));
        strings.collect::<Option<_>>().ok_or_else(wrong)
    }

    /// The system message, if the template has one.
    pub(super) fn system(&mut self, condition: Condition) -> Result<Option<String>, PromptError> {
        if !self.has("system") {
            return Ok(None);
        }
        let text = self.call("system", &[Value::from(Serde(condition))])?.trim().to_owned();
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// The instruction: what to do.
    pub(super) fn instruction(&mut self, condition: Condition) -> Result<String, PromptError> {
        Ok(self.call("instruction", &[Value::from(Serde(condition))])?.trim().to_owned())
    }

    /// One problem.
    pub(super) fn problem(&mut self, task: &Value, condition: Condition) -> Result<String, PromptError> {
        Ok(self.call("problem", &[task.clone(), Value::from(Serde(condition))])?.trim().to_owned())
    }

    /// One answer, with the newline it ends in.
    pub(super) fn answer(&mut self, rationale: &str, fix: &str, condition: Condition) -> Result<String, PromptError> {
        self.call("answer", &[context! { rationale, fix }, Value::from(Serde(condition))])
    }

    fn has(&self, part: &str) -> bool {
        self.captured.state().lookup(part).is_some_and(|value| !value.is_undefined())
    }

    fn call(&mut self, part: &str, arguments: &[Value]) -> Result<String, PromptError> {
        if !self.has(part) {
            return Err(self.lacks(&format!("has no macro `{part}`")));
        }
        let result = self.captured.with_state_mut(|state| state.call_macro(part, arguments));
        result.map_err(|error| broken(self.name, &error))
    }

    fn lacks(&self, message: &str) -> PromptError {
        PromptError::Part { name: self.name.to_owned(), message: message.to_owned() }
    }
}

fn broken(name: &str, error: &minijinja::Error) -> PromptError {
    let message =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    PromptError::Template { name: name.to_owned(), line: error.line().unwrap_or(1), message }
}

/// The text as Python comments, a `#` before every line.
fn comment(text: &str) -> String {
    let lines = text.trim().lines().map(|line| format!("# {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The text between fences, which are longer than any in it (`CommonMark` 4.5), without surrounding blank lines.
fn fence(text: &str, language: Option<&str>) -> String {
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{}\n{}\n{fence}", language.unwrap_or(""), text.trim_end().trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_every_line() {
        assert_eq!(comment("\nWrite a function.\n\nIt adds.\n"), "# Write a function.\n#\n# It adds.");
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fence("\nx = 1\n\n", Some("python")), "```python\nx = 1\n```");
        assert_eq!(fence("'''\n````\n'''", None), "`````\n'''\n````\n'''\n`````");
        assert_eq!(fence("    return 1", None), "```\n    return 1\n```");
    }
}
