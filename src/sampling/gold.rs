//! Pairs from tasks whose reference is known: what a model is trained on before it can repair anything by itself.
//!
//! The rationale follows a template of ours: what the traced test gave and what it should have given, taken from the trace, and the lines in
//! which the reference differs. The paper has no such step; its models know how to explain before they begin.

use super::{Plan, PromptsError, SampleError, Traces};
use crate::{
    model::decode::TextTokenizer,
    pairs::Pair,
    random::Random,
    task::Task,
    trace::{End, Event, Recording},
};

/// The longest test or value quoted in a rationale, in characters.
const QUOTED: usize = 100;

/// The pairs of the tasks of `plan` that have a reference, in their order, and how many tasks gave none. Prompts that have more than the
/// context of `plan` leaves, as `tokenizer` counts, have their traces shortened, or are left out.
///
/// # Errors
///
/// A template that fails.
pub fn gold(
    plan: &Plan<'_>,
    traces: &Traces,
    tokenizer: Option<&TextTokenizer>,
) -> Result<(Vec<Pair>, usize), SampleError> {
    let settings = plan.settings;
    let prompts = plan.prompts(None);
    let budget = settings.context.map_or(usize::MAX, |context| context.saturating_sub(settings.max_new_tokens));
    let count = |text: &str| tokenizer.map_or(0, |tokenizer| tokenizer.count(text));
    let mut pairs = Vec::new();
    for (task, recording) in plan.dataset.tasks.iter().zip(traces) {
        let Some(reference) = &task.reference else { continue };
        let Some(recording) = recording else { continue };
        let asked = match prompts.ask(task, Some(recording), None, budget, &count) {
            Ok(asked) => asked,
            Err(PromptsError::TooLong { .. } | PromptsError::NoTest) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut random = Random::named(settings.seed, &task.id);
        let rationale = if settings.condition.rationale {
            rationale(task, reference, recording, &mut random)
        } else {
            String::new()
        };
        let completion = plan.template.answer(&rationale, reference.trim_end(), settings.condition)?;
        pairs.push(Pair { task_id: task.id.clone(), prompt: asked.text, completion, weight: 1.0 });
    }
    let left_out = plan.dataset.tasks.len() - pairs.len();
    Ok((pairs, left_out))
}

/// The rationale: what went wrong on the traced test, and which lines have to change.
fn rationale(task: &Task, reference: &str, recording: &Recording, random: &mut Random) -> String {
    let what = symptom(recording, random);
    let where_ = difference(task.buggy.as_deref().unwrap_or_default(), reference, random);
    let end = random.pick(&["Here is the fixed program:", "The fixed program:"]);
    format!("{what}{where_} {end}")
}

/// The traced test's call, its outcome and what was expected of it; empty where the test has another shape.
fn symptom(recording: &Recording, random: &mut Random) -> String {
    let test = recording.source.text.trim_end().lines().next_back().unwrap_or_default();
    let Some((call, expected)) = test.strip_prefix("assert ").and_then(|test| test.rsplit_once(" == ")) else {
        return String::new();
    };
    if call.chars().count() > QUOTED || expected.chars().count() > QUOTED {
        return String::new();
    }
    match &recording.end {
        End::Raised(error) if error.kind == "AssertionError" => {
            let returned = recording.events.iter().rev().find_map(|event| match event {
                Event::Return { value, .. } if value.chars().count() <= QUOTED => Some(value),
                _ => None,
            });
            let Some(returned) = returned else { return String::new() };
            if random.one_in(2) {
                format!("`{call}` returns {returned}, but the expected value is {expected}. ")
            } else {
                format!("The test expects {expected} from `{call}`, but it gives {returned}. ")
            }
        }
        End::Raised(error) => format!("`{call}` raises {}, but the expected value is {expected}. ", error.kind),
        End::Cut(_) => format!("`{call}` does not end, but the expected value is {expected}. "),
        End::Finished | End::NotAProgram(_) => String::new(),
    }
}

/// The lines in which the programs differ.
fn difference(buggy: &str, reference: &str, random: &mut Random) -> String {
    let lines = |text: &'_ str| text.trim_end().lines().map(str::trim_end).map(str::to_owned).collect::<Vec<_>>();
    let (mut old, mut new) = (lines(buggy), lines(reference));
    while !old.is_empty() && old.first() == new.first() {
        old.remove(0);
        new.remove(0);
    }
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let code = |lines: &[String]| {
        let lines = lines.iter().map(|line| format!("`{}`", line.trim())).collect::<Vec<_>>();
        lines.join(", ")
    };
    // The same lines further in or further out.
    let stripped = |lines: &[String]| lines.iter().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    if !old.is_empty() && stripped(&old) == stripped(&new) {
        return format!("The line {} has the wrong indentation.", code(&old));
    }
    match (old.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("The line {} is missing.", code(&new)),
        (false, true) => format!("The line {} must go.", code(&old)),
        (false, false) if random.one_in(2) => format!("The line {} should be {}.", code(&old), code(&new)),
        (false, false) => format!("The bug is in {}: it must be {}.", code(&old), code(&new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_what_changed() {
        let mut random = Random::new(0);
        let mut say = |old: &str, new: &str| difference(old, new, &mut random);
        let changed = say("def f(x):\n    y = x\n    return y\n", "def f(x):\n    y = x + 1\n    return y\n");
        assert!(changed.contains("`y = x`") && changed.contains("`y = x + 1`") && !changed.contains("return"));
        assert_eq!(say("a\nb", "a\nc\nb"), "The line `c` is missing.");
        assert_eq!(say("a\nc\nb", "a\nb"), "The line `c` must go.");
        assert_eq!(say("a\n    b", "a\nb"), "The line `b` has the wrong indentation.");
        assert_eq!(say("a", "a"), "");
    }
}
