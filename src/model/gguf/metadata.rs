//! The metadata of a GGUF file, asked for by key.

use super::{
    super::ModelError,
    header::{Gguf, Value},
};

impl Gguf {
    /// The text under `key`, where there is one.
    pub(super) fn text(&self, key: &str) -> Result<Option<&str>, ModelError> {
        self.get(key, "a text", |value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The number under `key` that counts something, where there is one.
    pub(super) fn count(&self, key: &str) -> Result<Option<usize>, ModelError> {
        self.get(key, "a number that counts something", |value| match value {
            Value::Int(number) => usize::try_from(*number).ok(),
            // Some converters write the same number for each block.
            Value::List(numbers) => match numbers.first() {
                Some(Value::Int(number)) if numbers.iter().all(|other| *other == numbers[0]) => {
                    usize::try_from(*number).ok()
                }
                _ => None,
            },
            _ => None,
        })
    }

    /// The number under `key`, as its shortest decimal says it, where there is one.
    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, ModelError> {
        self.get(key, "a number", |value| match value {
            // 1e-5 in 32 bits is 1e-5 and not 9.999999747378752e-6.
            Value::F32(number) => number.to_string().parse().ok().filter(|number: &f64| number.is_finite()),
            Value::F64(number) => Some(*number).filter(|number| number.is_finite()),
            #[expect(clippy::cast_precision_loss, reason = "such numbers are small")]
            Value::Int(number) => Some(*number as f64),
            _ => None,
        })
    }

    /// The truth value under `key`, where there is one.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, ModelError> {
        self.get(key, "true or false", |value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        })
    }

    /// The token's id under `key`, where there is one.
    pub(super) fn id(&self, key: &str) -> Result<Option<u32>, ModelError> {
        self.get(key, "the number of a token", |value| match value {
            Value::Int(number) => u32::try_from(*number).ok(),
            _ => None,
        })
    }

    /// The list under `key`, each of whose values `take` has to know; nothing where there is none.
    pub(super) fn list<'a, T>(
        &'a self,
        key: &str,
        kind: &str,
        take: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<Vec<T>>, ModelError> {
        self.get(key, kind, |value| match value {
            Value::List(values) => values.iter().map(&take).collect(),
            _ => None,
        })
    }

    /// What `found` gives, which has to be there.
    pub(super) fn need<T>(&self, key: &str, found: Option<T>) -> Result<T, ModelError> {
        found.ok_or_else(|| {
            self.wrong(format!("its metadata has no `{key}`: convert the model again with a newer llama.cpp"))
        })
    }

    fn get<'a, T>(
        &'a self,
        key: &str,
        kind: &str,
        take: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, ModelError> {
        match self.metadata.get(key) {
            None => Ok(None),
            Some(value) => {
                take(value).map(Some).ok_or_else(|| self.wrong(format!("`{key}` of its metadata is not {kind}")))
            }
        }
    }
}
