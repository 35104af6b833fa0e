//! One sample object, wherever it stands.

use serde_json::value::RawValue;

use super::Collector;
use crate::{answer::Answer, files::Fields};

/// Adds one sample object; an error says what is wrong with it.
pub(super) fn add(row: Fields, place: &str, collector: &mut Collector<'_>) -> Result<(), String> {
    let Some(id) = row.get("task_id") else { return Err("the field `task_id` is missing".to_owned()) };
    let id = match content(id) {
        Some(Content::Text(id)) => id,
        None if id.get().starts_with(|c: char| c == '-' || c.is_ascii_digit()) => id.get().to_owned(),
        _ => return Err("the field `task_id` is neither text nor a number".to_owned()),
    };
    let field = |name: &str| match row.get(name) {
        None => Ok(None),
        Some(value) => content(value).map(Some).ok_or_else(|| {
            "the field `solution` or `completion` is not text (for several samples of a task, repeat the line)"
                .to_owned()
        }),
    };
    let text = match (field("solution")?, row.get("completion")) {
        (Some(Content::Text(text)), _) => Answer::program(text),
        (solution, Some(_)) => match (field("completion")?, solution) {
            (Some(Content::Text(text)), _) => Answer::completion(text),
            _ => empty(place, "`completion`", collector, Answer::completion(String::new())),
        },
        (Some(Content::Null), None) => empty(place, "`solution`", collector, Answer::program(String::new())),
        (None, None) => return Err("the sample has neither `solution` nor `completion`".to_owned()),
    };
    collector.add(&id, place, text, Some(row));
    Ok(())
}

/// The content of a field that should be text.
pub(super) enum Content {
    /// Text.
    Text(String),
    /// Nothing: a request that failed, say.
    Null,
}

/// The text of a value; nothing where it is neither text nor null.
pub(super) fn content(value: &RawValue) -> Option<Content> {
    match serde_json::from_str::<Option<String>>(value.get()) {
        Ok(Some(text)) => Some(Content::Text(text)),
        Ok(None) => Some(Content::Null),
        Err(_) => None,
    }
}

/// An empty answer, where there is none.
pub(super) fn empty(place: &str, what: &str, collector: &mut Collector<'_>, text: Answer) -> Answer {
    collector.notes.push(format!("{place}: {what} is null: judged as an empty answer"));
    text
}

#[cfg(test)]
mod schemas {
    use std::collections::BTreeMap;

    use schemars::JsonSchema;

    /// A sample as `score` reads it. It needs `solution` or `completion`; `solution` wins where both are text.
    #[derive(JsonSchema)]
    #[schemars(extend("anyOf" = [{ "required": ["solution"] }, { "required": ["completion"] }]))]
    #[expect(dead_code, reason = "only its shape is of use")]
    struct Sample {
        /// The task, by its name or number.
        task_id: Id,
        /// A whole program, or an answer that holds one; null for an empty answer.
        #[schemars(default)]
        solution: Option<String>,
        /// The text that goes on with the task's prompt; null for an empty answer.
        #[schemars(default)]
        completion: Option<String>,
        /// Any further fields, which travel into the verdict.
        #[schemars(flatten)]
        others: BTreeMap<String, serde_json::Value>,
    }

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its shape is of use")]
    enum Id {
        Name(String),
        Number(i64),
    }

    #[test]
    fn schema_of_candidates() {
        crate::schema::read::<Sample>("candidates");
    }
}
