//! JSON lines (or one JSON array), plain or compressed, as records that know where they came from.

use jiter::JsonValue;
use num_bigint::BigInt;

use super::super::DatasetError;
use crate::value::Value;

/// One record of a dataset file.
#[derive(Debug)]
pub(super) struct Record {
    path: String,
    line: usize,
    value: JsonValue<'static>,
}

/// Reads the records of `text`, which came from `path`.
pub(super) fn records(path: &str, text: &str) -> Result<Vec<Record>, DatasetError> {
    let records: Vec<Record> = each(path, text).collect::<Result<_, _>>()?;
    if records.is_empty() {
        return Err(DatasetError::Format { path: path.to_owned(), message: "the file has no records".to_owned() });
    }
    Ok(records)
}

/// The records of `text`, one by one as they are asked for; those of a JSON array are read together.
pub(super) fn each<'a>(path: &'a str, text: &'a str) -> Box<dyn Iterator<Item = Result<Record, DatasetError>> + 'a> {
    let parse = move |line: usize, text: &str| {
        JsonValue::parse(text.as_bytes(), true)
            .map(JsonValue::into_static)
            .map_err(|error| line_error(path, line, format!("not JSON: {error}")))
    };
    let record = move |line: usize, value: JsonValue<'static>| Record { path: path.to_owned(), line, value };
    if text.trim_start().starts_with('[') {
        return match parse(1, text) {
            Err(error) => Box::new(std::iter::once(Err(error))),
            Ok(JsonValue::Array(items)) => {
                let items: Vec<JsonValue<'static>> = items.iter().cloned().collect();
                Box::new(items.into_iter().enumerate().map(move |(index, item)| Ok(record(index + 1, item))))
            }
            Ok(_) => Box::new(std::iter::empty()),
        };
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    Box::new(lines.map(move |(index, line)| Ok(record(index + 1, parse(index + 1, line)?))))
}

fn line_error(path: &str, line: usize, message: String) -> DatasetError {
    DatasetError::Line { path: path.to_owned(), line, message }
}

impl Record {
    /// An error about this record.
    pub(super) fn error(&self, message: impl Into<String>) -> DatasetError {
        line_error(&self.path, self.line, message.into())
    }

    /// A field, where it is there and not null.
    pub(super) fn field(&self, name: &str) -> Option<&JsonValue<'static>> {
        let JsonValue::Object(object) = &self.value else { return None };
        object
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
            .filter(|value| !matches!(value, JsonValue::Null))
    }

    /// Whether all of these fields are there.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.field(name).is_some())
    }

    /// A field that must be text.
    pub(super) fn text(&self, name: &str) -> Result<&str, DatasetError> {
        self.optional_text(name)?.ok_or_else(|| self.error(format!("the field `{name}` is missing")))
    }

    /// A field that is text where it is there.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<&str>, DatasetError> {
        match self.field(name) {
            None => Ok(None),
            Some(JsonValue::Str(text)) => Ok(Some(text)),
            Some(_) => Err(self.error(format!("the field `{name}` is not text"))),
        }
    }

    /// A field that must be a list of text.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, DatasetError> {
        let wrong = || self.error(format!("the field `{name}` is not a list of text"));
        let value = self.field(name).ok_or_else(|| self.error(format!("the field `{name}` is missing")))?;
        let JsonValue::Array(items) = value else { return Err(wrong()) };
        let text = |item: &JsonValue| match item {
            JsonValue::Str(text) => Some(text.to_string()),
            _ => None,
        };
        items.iter().map(text).collect::<Option<_>>().ok_or_else(wrong)
    }

    /// A field that must be an integer or text that holds one.
    pub(super) fn integer(&self, name: &str) -> Result<i64, DatasetError> {
        match self.field(name) {
            Some(JsonValue::Int(value)) => Some(*value),
            Some(JsonValue::Str(text)) => text.parse().ok(),
            _ => None,
        }
        .ok_or_else(|| self.error(format!("the field `{name}` is not a number")))
    }

    /// A field that must be a number; 0 where it is missing.
    pub(super) fn float(&self, name: &str) -> Result<f64, DatasetError> {
        match self.field(name) {
            None => Ok(0.0),
            Some(JsonValue::Float(value)) => Ok(*value),
            #[expect(clippy::cast_precision_loss, reason = "a tolerance")]
            Some(JsonValue::Int(value)) => Ok(*value as f64),
            Some(_) => Err(self.error(format!("the field `{name}` is not a number"))),
        }
    }

    /// A field that must be a list of lists: argument tuples.
    pub(super) fn inputs(&self, name: &str) -> Result<Vec<Vec<Value>>, DatasetError> {
        let wrong = || self.error(format!("the field `{name}` is not a list of argument lists"));
        let items = match self.field(name) {
            None => return Ok(Vec::new()),
            Some(JsonValue::Array(items)) => items,
            // MBPP+ writes an absent list as an empty object.
            Some(JsonValue::Object(object)) if object.is_empty() => return Ok(Vec::new()),
            Some(_) => return Err(wrong()),
        };
        let arguments = |item: &JsonValue| match item {
            JsonValue::Array(arguments) => Some(arguments.iter().map(to_value).collect()),
            _ => None,
        };
        items.iter().map(arguments).collect::<Option<_>>().ok_or_else(wrong)
    }
}

/// JSON as Python's `json` module reads it.
fn to_value(json: &JsonValue) -> Value {
    match json {
        JsonValue::Null => Value::None,
        JsonValue::Bool(value) => Value::Bool(*value),
        JsonValue::Int(value) => Value::Int(*value),
        JsonValue::BigInt(value) => Value::int(BigInt::clone(value)),
        JsonValue::Float(value) => Value::Float(*value),
        JsonValue::Str(text) => Value::str(text),
        JsonValue::Array(items) => Value::List(items.iter().map(to_value).collect()),
        JsonValue::Object(items) => {
            Value::Dict(items.iter().map(|(key, value)| (Value::str(key), to_value(value))).collect())
        }
    }
}
