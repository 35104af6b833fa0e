//! Problems to prompts.

use minijinja::{Value, value::Serde};

use super::{Condition, Exemplar, Message, Problem, Prompt, PromptError, Role, Template, exemplar::check};

/// The prompt for one problem, after as many worked repairs as `shots` has.
///
/// # Errors
///
/// [`PromptError::NoTrace`] or [`PromptError::NoRationale`] for what the condition shows and is not there;
/// [`PromptError::Template`] where the template fails for this problem.
pub fn render(
    template: &Template,
    problem: &Problem<'_>,
    condition: Condition,
    shots: &[Exemplar],
) -> Result<Prompt, PromptError> {
    if condition.trace && problem.trace.is_none() {
        return Err(PromptError::NoTrace { what: "the problem".to_owned() });
    }
    check(shots, condition, "shots")?;
    let task = Value::from(Serde(problem));
    let mut parts = template.parts(&task, condition, &Value::from(Serde(shots)))?;
    let mut messages = Vec::with_capacity(2 * shots.len() + 2);
    if let Some(content) = parts.system(condition)? {
        messages.push(Message { role: Role::System, content });
    }
    let mut instruction = Some(parts.instruction(condition)?).filter(|text| !text.is_empty());
    let mut ask = |problem: String| {
        let content = instruction.take().map_or(problem.clone(), |text| format!("{text}\n\n{problem}"));
        Message { role: Role::User, content }
    };
    for shot in shots {
        messages.push(ask(parts.problem(&Value::from(Serde(shot)), condition)?));
        let answer = parts.answer(shot.rationale.as_deref().unwrap_or(""), &shot.fix, condition)?;
        messages.push(Message { role: Role::Assistant, content: answer.trim().to_owned() });
    }
    messages.push(ask(parts.problem(&task, condition)?));
    Ok(Prompt { text: parts.text(), messages, prefill: String::new(), stop: parts.stop()? })
}

/// The prompt that asks for the fix to a given rationale: the paper's proxy-based evaluation, in which a smaller model reads the
/// rationale of a larger one ([`Extractor::strip_code`](crate::answer::Extractor::strip_code) takes the code out of it first).
///
/// The rationale and the fix's opening fence are the answer's beginning ([`Prompt::prefill`]); generation may stop at the closing
/// fence.
///
/// # Errors
///
/// The errors of [`render`].
pub fn render_with_rationale(
    template: &Template,
    problem: &Problem<'_>,
    trace: bool,
    shots: &[Exemplar],
    rationale: &str,
) -> Result<Prompt, PromptError> {
    let condition = Condition { trace, rationale: true };
    let mut prompt = render(template, problem, condition, shots)?;
    prompt.prefill = template.opening(rationale, condition)?;
    if prompt.prefill.trim_end().lines().next_back().is_some_and(|line| line.starts_with("```")) {
        prompt.stop.push("\n```".to_owned());
    }
    Ok(prompt)
}
