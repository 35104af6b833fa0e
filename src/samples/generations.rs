//! bigcode-evaluation-harness's generations: a list per task of a list of whole programs. A list of sample objects is read too.

use serde_json::Value;

use super::{Collector, SamplesError, jsonl};
use crate::answer::Answer;

pub(super) fn read(name: &str, text: &str, collector: &mut Collector<'_>) -> Result<(), SamplesError> {
    let format = |message: String| SamplesError::Format { path: name.to_owned(), message };
    let items: Vec<Value> = serde_json::from_str(text).map_err(|error| format(format!("not JSON: {error}")))?;
    let tasks = collector.dataset.tasks.len();
    if items.len() > tasks && items.iter().all(Value::is_array) {
        return Err(format(format!(
            "generations for {} tasks, but dataset `{}` has {tasks}: they are matched by position",
            items.len(),
            collector.dataset.name
        )));
    }
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(row) => {
                jsonl::add(row, &format!("{name}, item {}", index + 1), collector)
                    .map_err(|message| format(format!("item {}: {message}", index + 1)))?;
            }
            Value::Array(programs) => {
                for program in programs {
                    let Value::String(program) = program else {
                        return Err(format(format!("item {}: a generation that is not text", index + 1)));
                    };
                    collector.add_at(index, Answer::program(program), None);
                }
            }
            _ => return Err(format(format!("item {} is neither a list of programs nor a sample", index + 1))),
        }
    }
    Ok(())
}
