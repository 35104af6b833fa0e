//! bigcode-evaluation-harness's generations: a list per task of a list of whole programs. A list of sample objects is read too, and an object
//! that names the task of each list.

use serde_json::value::RawValue;

use super::{
    Collector, SamplesError,
    row::{self, Content},
};
use crate::{answer::Answer, files::Fields};

pub(super) fn read(name: &str, text: &str, collector: &mut Collector<'_>) -> Result<(), SamplesError> {
    let format = |message: String| SamplesError::Format { path: name.to_owned(), message };
    let items: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(|error| format(format!("not JSON: {error}")))?;
    let tasks = collector.dataset.tasks.len();
    if items.len() > tasks && items.iter().all(|item| item.get().starts_with('[')) {
        return Err(format(format!(
            "generations for {} tasks, but dataset `{}` has {tasks}: they are matched by position",
            items.len(),
            collector.dataset.name
        )));
    }
    for (index, item) in items.iter().enumerate() {
        let place = format!("{name}, item {}", index + 1);
        let wrong = |message: String| format(format!("item {}: {message}", index + 1));
        match item.get().as_bytes().first() {
            Some(b'{') => {
                let object: Fields = serde_json::from_str(item.get()).map_err(|error| wrong(error.to_string()))?;
                row::add(object, &place, collector).map_err(wrong)?;
            }
            Some(b'[') if index < tasks => {
                for program in programs(item, &place, collector).map_err(wrong)? {
                    collector.add_at(index, &place, program, None);
                }
            }
            _ => return Err(format(format!("item {} is neither a list of programs nor a sample", index + 1))),
        }
    }
    Ok(())
}

/// Whether an object has lists of programs by the names of their tasks.
pub(super) fn is_by_task(row: &Fields) -> bool {
    !row.is_empty() && row.iter().all(|(_, value)| value.get().starts_with('['))
}

/// Adds the programs of such an object.
pub(super) fn by_task(row: &Fields, place: &str, collector: &mut Collector<'_>) -> Result<(), String> {
    for (id, list) in row.iter() {
        for program in programs(list, place, collector).map_err(|message| format!("{id}: {message}"))? {
            collector.add(id, place, program, None);
        }
    }
    Ok(())
}

/// The programs of a list.
fn programs(list: &RawValue, place: &str, collector: &mut Collector<'_>) -> Result<Vec<Answer>, String> {
    let items: Vec<&RawValue> = serde_json::from_str(list.get()).map_err(|error| error.to_string())?;
    let program = |item: &RawValue| match row::content(item) {
        Some(Content::Text(program)) => Ok(Answer::program(program)),
        Some(Content::Null) => Ok(row::empty(place, "a generation", collector, Answer::program(String::new()))),
        None => Err("a generation that is not text".to_owned()),
    };
    items.into_iter().map(program).collect()
}
