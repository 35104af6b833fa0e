//! Typed access to the fields of a JSON object, with errors that name the file and the field.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::super::ModelError;
use crate::files::{read_text, strict};

/// An object of a configuration file. A field that is null counts as missing, but for [`Fields::has`].
#[derive(Debug, Clone)]
pub(in super::super) struct Fields {
    path: PathBuf,
    /// The object's place within the file: empty, or a field's name and a dot.
    prefix: String,
    map: Map<String, Value>,
}

impl Fields {
    /// Reads a file that holds one object.
    pub(in super::super) fn read(path: &Path) -> Result<Self, ModelError> {
        let text = read_text(path).map_err(ModelError::file(path))?;
        // Python writes configurations too: infinities are among their values.
        match serde_json::from_str(&strict(&text, char::REPLACEMENT_CHARACTER).text) {
            Ok(Value::Object(map)) => Ok(Self { path: path.into(), prefix: String::new(), map }),
            Ok(_) => Err(ModelError::Config { path: path.into(), problem: "a JSON object was expected".into() }),
            Err(error) => Err(ModelError::Config { path: path.into(), problem: format!("not JSON: {error}") }),
        }
    }

    /// The value of a field, if it is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// Whether a field is there, be it null: to transformers a null is a value, which takes the place of a default.
    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// The names of all fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.map.keys().map(String::as_str)
    }

    /// An object within this one.
    pub(super) fn object(&self, name: &str) -> Result<Option<Self>, ModelError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(map)) => {
                Ok(Some(Self { path: self.path.clone(), prefix: format!("{}{name}.", self.prefix), map: map.clone() }))
            }
            Some(_) => Err(self.wrong(name, "an object")),
        }
    }

    /// A count of at least one.
    pub(in super::super) fn count(&self, name: &str) -> Result<Option<usize>, ModelError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        // Some files store counts as 8192.0.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a whole number in range"
        )]
        let number = value.as_u64().or_else(|| {
            value
                .as_f64()
                .filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))
                .map(|number| number as u64)
        });
        match number.and_then(|number| usize::try_from(number).ok()) {
            Some(number @ 1..=0x7fff_ffff) => Ok(Some(number)),
            _ => Err(self.wrong(name, "a whole number from 1 to 2147483647")),
        }
    }

    /// A count that must be there.
    pub(in super::super) fn need_count(&self, name: &str) -> Result<usize, ModelError> {
        self.count(name)?.ok_or_else(|| self.missing(name))
    }

    /// A finite number.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, ModelError> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match value.as_f64() {
                Some(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(self.wrong(name, "a number")),
            },
        }
    }

    /// A positive number that must be there.
    pub(super) fn need_positive(&self, name: &str) -> Result<f64, ModelError> {
        match self.number(name)? {
            None => Err(self.missing(name)),
            Some(number) if number > 0.0 => Ok(number),
            Some(_) => Err(self.wrong(name, "a number above 0")),
        }
    }

    /// A field that is true or false; `default` where it is missing.
    pub(super) fn flag(&self, name: &str, default: bool) -> Result<bool, ModelError> {
        match self.get(name) {
            None => Ok(default),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// A string.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, ModelError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(name, "a string")),
        }
    }

    /// A token, or a list of tokens.
    pub(super) fn tokens(&self, name: &str) -> Result<Option<Vec<u32>>, ModelError> {
        let token = |value: &Value| value.as_u64().and_then(|token| u32::try_from(token).ok());
        match self.get(name) {
            None => Ok(None),
            Some(Value::Array(values)) => values
                .iter()
                .map(token)
                .collect::<Option<Vec<_>>>()
                .map(Some)
                .ok_or_else(|| self.wrong(name, "a list of token numbers")),
            Some(value) => token(value)
                .map(|token| Some(vec![token]))
                .ok_or_else(|| self.wrong(name, "a token number or a list of them")),
        }
    }

    /// The error for a field of the wrong kind.
    pub(in super::super) fn wrong(&self, name: &str, expected: &str) -> ModelError {
        let value = self.map.get(name).map_or_else(|| "missing".to_owned(), Value::to_string);
        self.problem(format!("`{}{name}` must be {expected}, but is {}", self.prefix, short(&value)))
    }

    /// The error for a field that must be there.
    pub(super) fn missing(&self, name: &str) -> ModelError {
        self.problem(format!("`{}{name}` is missing", self.prefix))
    }

    /// The error for a value that is valid but not implemented.
    pub(super) fn unsupported(&self, name: &str, supported: &str) -> ModelError {
        let value = self.map.get(name).map_or_else(|| "missing".to_owned(), Value::to_string);
        ModelError::Unsupported {
            path: self.path.clone(),
            field: format!("{}{name}", self.prefix),
            value: short(&value),
            supported: supported.into(),
        }
    }

    fn problem(&self, problem: String) -> ModelError {
        ModelError::Config { path: self.path.clone(), problem }
    }
}

fn short(value: &str) -> String {
    match value.char_indices().nth(200) {
        Some((end, _)) => format!("{}...", &value[..end]),
        None => value.to_owned(),
    }
}
